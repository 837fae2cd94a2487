/**
 * A polluted `Object.prototype` must not change what a page shows, nor what an answer grants: every optional
 * member of every public type, as the sources declare them, is put there in turn.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import { expect, test } from 'vitest'
import {
  changedSince,
  consent,
  type ConsentAnswer,
  consentRecord,
  consentStrings,
  contentSecurityPolicy,
  mergeRecords,
  renderConsent,
  resolveConsent,
  withdrawScopes,
} from '../../src/consent/index.ts'
import { loadPolicy } from '../../src/index.ts'

const SRC = fileURLToPath(new URL('../../src/', import.meta.url))

/** Names of optional members, of types that a view, a page, a record or a policy is made of. */
function optionalMembers(): readonly string[] {
  const files = ['consent', 'policy', 'analysis'].flatMap((folder) =>
    readdirSync(join(SRC, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .map((name) => join(SRC, folder, name)),
  )
  const names = new Set<string>()
  for (const file of files) {
    const visit = (node: ts.Node): void => {
      if (ts.isPropertySignature(node) && node.questionToken !== undefined && ts.isIdentifier(node.name)) {
        names.add(node.name.text)
      }
      ts.forEachChild(node, visit)
    }
    visit(ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest))
  }
  return [...names].filter((name) => !(name in Object.prototype))
}

const NAMES = optionalMembers()
const VALUES: readonly unknown[] = [
  true,
  'implicit',
  'https://evil.example/',
  [[]],
  { write: { text: 'x', lang: 'en' } },
]

const TEXT = `
read: { label: Read, group: One, endpoints: [a: GET, b: GET] }
write: { label: Write, optional: true, endpoints: [b: POST] }
delete: { label: Delete, optional: true, description: For good, endpoints: [c: DELETE] }
part: { label: Part, endpoints: [a: GET] }
openid: { label: Id, endpoints: [] }
`
const policy = loadPolicy(TEXT)
const wider = loadPolicy(TEXT.replace('a: GET', 'a: [GET, PUT]'))
const ALL = 'read write delete part openid nope'
const PAGE = { action: '/c', client: { name: 'N' } }
const stored = consentRecord(consent(policy, ALL), ['read', 'part'], { at: new Date(0) })
const before = consent(policy, ALL)

function results(): string {
  const views = [
    before,
    consent(policy, ALL),
    consent(policy, ALL, { locale: 'de' }),
    consent(wider, ALL, { granted: JSON.parse(JSON.stringify(stored)) as typeof stored }),
    consent(wider, ALL, { granted: [stored], review: true }),
  ]
  const answers = views.map((view): ConsentAnswer =>
    resolveConsent(view, { consent: 'allow', consent_view: view.id, consent_scope: 'write' }),
  )
  const nothing = views.map((view) => resolveConsent(view, { consent: 'allow', consent_view: view.id }))
  return JSON.stringify([
    views,
    views.map((view) => renderConsent(view, { ...PAGE, details: true })),
    views.map((view) => renderConsent(JSON.parse(JSON.stringify(view)) as typeof view, PAGE)),
    contentSecurityPolicy(PAGE),
    answers,
    nothing,
    views.map((view, index) => consentRecord(view, answers[index]?.scopes ?? [], { at: new Date(0) })),
    changedSince(stored, wider),
    mergeRecords(stored),
    withdrawScopes(stored, ['part']),
    consentStrings('de'),
  ])
}

/** What is thrown is an outcome, too: another one than without pollution. */
function outcome(): string {
  try {
    return results()
  } catch (error) {
    return String((error as Error).stack)
  }
}

test('there are optional members, the one that once granted scopes among them', () => {
  expect(NAMES).toEqual(
    expect.arrayContaining(['includedIn', 'terms', 'description', 'risk', 'widened', 'origins']),
  )
  expect(NAMES.length).toBeGreaterThan(50)
})

test('no optional member of a public type is read from a polluted prototype', () => {
  const clean = results()
  const found = new Set<string>()
  for (const name of NAMES) {
    for (const value of VALUES) {
      Object.defineProperty(Object.prototype, name, {
        value,
        configurable: true,
        writable: true,
        enumerable: true,
      })
      let polluted: string
      try {
        polluted = outcome()
      } finally {
        // eslint-disable-next-line @typescript-eslint/no-dynamic-delete -- what the test has put there
        delete (Object.prototype as unknown as Record<string, unknown>)[name]
      }
      // Compared by hand: a matcher would print megabytes, and ran while the prototype is polluted.
      if (polluted !== clean) found.add(name)
    }
  }
  expect([...found]).toEqual([])
}, 120_000)
