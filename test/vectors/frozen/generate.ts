/**
 * Wrote `frozen.json` once: `node test/vectors/frozen/generate.ts FILE`. The file is evidence of what users have
 * stored (fingerprints, compiled policies, consent records), so it is never written again: a newer state of the
 * library must read it, whatever it would write itself.
 */
import { writeFileSync } from 'node:fs'
import { toCompiled } from '../../../src/compiled/index.ts'
import { consent, consentRecord } from '../../../src/consent/index.ts'
import { loadPolicy } from '../../../src/index.ts'
import { VECTOR_DOCUMENTS } from '../documents.ts'
import { type Row, vectors } from '../generate.ts'

/** Everything that a document of the time could say, beside the documents of the vectors. */
const EVERYTHING = {
  $options: {
    basePath: '/v1',
    extensions: ['json', 'tar.gz', 'gz'],
    caseSensitive: false,
    trailingSlash: 'ignore',
    head: 'as-get',
    encodedSlash: 'data',
    delimiters: 'data',
    methods: ['GET', 'QUERY'],
  },
  read: {
    label: { en: 'Read records', de: 'Datensätze lesen' },
    description: { en: 'Every record', de: 'Alle Datensätze' },
    group: 'Records',
    risk: 'low',
    optional: true,
    endpoints: ['records', { 'records/*': 'GET' }],
  },
  write: {
    label: 'Change records',
    group: { en: 'Records' },
    risk: 'high',
    includes: ['read'],
    endpoints: [{ 'records/*': ['PUT', 'PATCH'] }, { 'Records/a%3Bb/*': ['DELETE'] }],
  },
  openid: { label: 'Know who you are', endpoints: [] },
}

export interface Frozen {
  readonly document: object
  readonly fingerprint: string
  readonly compiled: unknown
  readonly record: unknown
  readonly rows: readonly Row[]
}

function freeze(document: object, rows: readonly Row[]): Frozen {
  const policy = loadPolicy(document)
  const view = consent(policy, [...policy.scopes.keys()])
  const record = consentRecord(view, [...policy.scopes.keys()], { at: new Date('2026-11-30T00:00:00Z') })
  return { document, fingerprint: policy.fingerprint, compiled: toCompiled(policy), record, rows }
}

function frozen(): Readonly<Record<string, Frozen>> {
  const { policies } = vectors()
  const list = Object.entries(VECTOR_DOCUMENTS).map(([name, document]): [string, Frozen] => [
    name,
    freeze(
      document,
      (policies[name]?.rows ?? []).filter((_, at) => at % 4 === 0),
    ),
  ])
  return Object.fromEntries([...list, ['everything', freeze(EVERYTHING, [])]])
}

const [, main, file] = process.argv
if (main === import.meta.filename && file !== undefined) {
  writeFileSync(file, `${JSON.stringify(frozen(), null, 1)}\n`)
}
