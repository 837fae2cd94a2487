/** What reports can be about, one situation each; every format has a golden file for each of them. */
import { createColors } from '../../src/report/colors.ts'
import type { FileReport, ReportSettings } from '../../src/report/findings/report.ts'
import { LineIndex } from '../../src/source/line-index.ts'
import { finding, spanOf } from './sample.ts'

export const SETTINGS: ReportSettings = {
  colors: createColors(false),
  version: '1.2.3',
  rules: [
    { id: 'unknown-method', severity: 'error', summary: 'a word that is not in the IANA method registry' },
    { id: 'duplicate-key', severity: 'error', summary: 'the same key twice in one mapping' },
    {
      id: 'duplicate-label',
      severity: 'warning',
      summary: 'a label that two scopes have',
      help: 'People tell scopes apart by their labels.\nGive each scope a label of its own.',
    },
    { id: 'label-length', severity: 'off', summary: 'a label that is too long for consent screens' },
  ],
}

const TEXT = `profile:
  label: Access your profile
  endpoints:
    - workers/me: GTE
"search":
  label: Access your profile
  endpoints: [
    records/*/search
  ]
`

function at(text: string, part: string): Pick<ReturnType<typeof finding>, 'span' | 'range'> {
  const span = spanOf(text, part)
  return { span, range: new LineIndex(text).range(span) }
}

const METHOD = finding(TEXT, spanOf(TEXT, 'GTE'), {
  message: '`GTE` is not a method',
  help: 'did you mean `GET`?',
})

const SECOND_LABEL = { start: TEXT.lastIndexOf('Access'), end: TEXT.lastIndexOf('Access') + 19 }
const LABEL = finding(
  TEXT,
  SECOND_LABEL,
  {
    code: 'duplicate-label',
    message: 'label `Access your profile` is already used by scope `profile`',
    related: [{ message: 'the other label', ...at(TEXT, 'Access your profile') }],
  },
  'warning',
)

const LONG = `"api": {label: All, endpoints: [${'records/*/search, '.repeat(40)}"x": GTE${', a'.repeat(200)}]}\n`
const WIDE = '検索:\n  label: "👤 caf\u00e9 e\u0301 検索"\t# 書\n'

export const SITUATIONS: Readonly<Record<string, readonly FileReport[]>> = {
  'no-files': [],
  'no-findings': [{ path: 'scopes.yaml', text: TEXT, diagnostics: [] }],
  'one-finding': [{ path: 'scopes.yaml', text: TEXT, diagnostics: [METHOD] }],
  'several-files': [
    { path: 'policies/a.yaml', text: TEXT, diagnostics: [METHOD, LABEL] },
    { path: 'policies/b, c: d.yaml', text: '', diagnostics: [finding('', { start: 0, end: 0 })] },
    { path: 'policies/clean.yaml', text: TEXT, diagnostics: [] },
    { path: '../other/e.yaml', text: TEXT, diagnostics: [METHOD] },
  ],
  severities: [
    {
      path: 'scopes.yaml',
      text: TEXT,
      diagnostics: (['error', 'warning', 'info'] as const).map((severity) => {
        return finding(TEXT, spanOf(TEXT, 'GTE'), { code: 'not-in-the-catalogue' }, severity)
      }),
    },
  ],
  'multi-line-spans': [
    {
      path: 'scopes.yaml',
      text: TEXT,
      diagnostics: [
        finding(TEXT, spanOf(TEXT, 'profile:\n')),
        finding(TEXT, spanOf(TEXT, '[\n    records/*/search\n  ]')),
      ],
    },
  ],
  'long-line': [{ path: 'long.yaml', text: LONG, diagnostics: [finding(LONG, spanOf(LONG, 'GTE'))] }],
  'related-places': [{ path: 'scopes.yaml', text: TEXT, diagnostics: [LABEL] }],
  fixes: [
    {
      path: 'scopes.yaml',
      text: TEXT,
      diagnostics: [
        {
          ...METHOD,
          fix: {
            title: 'replace `GTE` by `GET`',
            edits: [
              { span: spanOf(TEXT, 'GTE'), text: 'GET' },
              { span: { start: TEXT.length, end: TEXT.length }, text: '# done\n' },
            ],
          },
        },
        {
          ...LABEL,
          fix: {
            title: 'remove the scope',
            edits: [{ span: spanOf(TEXT, '"search"'), text: '' }],
            unsafe: true,
          },
        },
      ],
    },
  ],
  'wide-characters': [
    {
      path: '書/検索 100%.yaml',
      text: WIDE,
      diagnostics: [
        finding(WIDE, spanOf(WIDE, '検索'), { message: '`検索` is no scope token' }),
        finding(WIDE, spanOf(WIDE, '書'), { message: '`{書}` is no comment' }),
      ],
    },
  ],
}
