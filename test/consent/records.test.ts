/** Earlier decisions: what is asked again, what is not, and what a record has to say about it. */
import { describe, expect, test } from 'vitest'
import {
  type ConsentAnswer,
  changedSince,
  consent,
  type ConsentOptions,
  consentRecord,
  type ConsentRecord,
  type ConsentView,
  mergeRecords,
  renderConsent,
  resolveConsent,
  withdrawScopes,
} from '../../src/consent/index.ts'
import { loadPolicy, type Policy } from '../../src/index.ts'
import { elementsOf, textOf, withClass } from './parsed.ts'

const TEXT = `
profile: { label: Profile, endpoints: [me: GET] }
mail: { label: Read all your mail, optional: true, endpoints: ['mail/*': GET] }
notes: { label: Notes, endpoints: ['notes/*': GET] }
tasks: { label: Tasks, optional: true, endpoints: ['tasks/*': GET] }
`
const policy = loadPolicy(TEXT)
const PAGE = { action: '/c', client: { name: 'Budget' } }
const ask = (scopes: string, options: ConsentOptions = {}, from: Policy = policy): ConsentView =>
  consent(from, scopes, options)
const itemsOf = (view: ConsentView): readonly string[] =>
  view.groups
    .flatMap(({ items }) => items)
    .map(({ scope, earlier, widened, ...item }) => {
      return [scope, earlier, item.new === true && 'new', widened && 'widened'].filter(Boolean).join(' ')
    })
const answer = (view: ConsentView, ...ticked: readonly string[]): ConsentAnswer =>
  resolveConsent(view, { consent: 'allow', consent_view: view.id, consent_scope: ticked })
/** Through JSON, as a database returns it. */
const record = (view: ConsentView, ticked: readonly string[], options = {}): ConsentRecord =>
  JSON.parse(JSON.stringify(consentRecord(view, answer(view, ...ticked).scopes, options))) as ConsentRecord
const at = (day: number): Date => new Date(Date.UTC(2026, 0, day))

describe('what was declined', () => {
  test('is recorded, and not asked for again at the next login', () => {
    const stored = record(ask('profile mail'), [])
    expect(stored).toMatchObject({ scopes: ['profile'], declined: ['mail'] })
    const again = ask('profile mail', { granted: stored })
    expect(itemsOf(again)).toEqual([])
    expect(again).toMatchObject({ nothingToAsk: true, declined: [{ scope: 'mail' }] })
    expect(answer(again)).toEqual({ decision: 'allow', scopes: ['profile'], declined: ['mail'] })
    expect(renderConsent(again, PAGE)).toContain('You have declined this before, and it is not granted')
  })

  test('is asked for again after its time, and is not called new', () => {
    const stored = record(ask('profile mail'), [], { at: at(1), declinedLifetime: 86_400 })
    expect(stored.declinedUntil).toBe('2026-01-02T00:00:00.000Z')
    expect(itemsOf(ask('profile mail', { granted: stored, at: at(1) }))).toEqual([])
    expect(itemsOf(ask('profile mail', { granted: stored, at: at(2) }))).toEqual(['mail declined'])
  })

  test('is asked for again where it can no longer be left out', () => {
    const stored = record(ask('profile mail'), [])
    const required = loadPolicy(TEXT.replace('mail, optional: true', 'mail'))
    expect(itemsOf(ask('profile mail', { granted: stored }, required))).toEqual(['mail declined'])
  })

  test('does not hide what is really new', () => {
    const stored = record(ask('profile mail'), [])
    expect(itemsOf(ask('profile mail tasks', { granted: stored }))).toEqual(['tasks new'])
  })
})

describe('grants', () => {
  test('end after their lifetime', () => {
    const stored = record(ask('profile'), [], { at: at(1), lifetime: 90 * 86_400 })
    expect(stored.expires).toBe('2026-04-01T00:00:00.000Z')
    expect(itemsOf(ask('profile', { granted: stored, at: at(90) }))).toEqual([])
    expect(itemsOf(ask('profile', { granted: stored, at: at(91) }))).toEqual(['profile granted'])
    expect(changedSince(stored, policy)).toMatchObject({
      askAgain: true,
      change: 'none',
      expired: ['profile'],
    })
  })

  test.each([
    { lifetime: 0 },
    { lifetime: -1 },
    { lifetime: '5' },
    { at: 'now' },
    { declinedLifetime: NaN },
    { x: 1 },
  ])('%o is refused by name', (options) => {
    expect(() => consentRecord(ask('profile'), [], options as never)).toThrow(TypeError)
  })
})

describe('several records', () => {
  const first = record(ask('profile mail'), [], { at: at(1) })
  const second = record(ask('notes tasks', { granted: first }), ['tasks'], { at: at(2) })

  test('count together: a second, incremental record does not forget the first', () => {
    for (const granted of [
      [first, second],
      [second, first],
      mergeRecords([first, second]),
      [mergeRecords(first, second)],
      [mergeRecords(undefined, first, second)],
    ]) {
      expect(itemsOf(ask('profile mail notes tasks', { granted }))).toEqual([])
    }
    const merged = mergeRecords([first], second)
    expect([...merged.scopes].sort()).toEqual(['notes', 'profile', 'tasks'])
    expect(merged.declined).toEqual(['mail'])
    expect(mergeRecords(JSON.parse(JSON.stringify(merged)) as ConsentRecord)).toEqual(merged)
    expect(changedSince([first, second], policy)).toEqual(changedSince(merged, policy))
  })

  test('of each scope the latest decision counts, in both directions', () => {
    const refused = record(ask('mail tasks'), ['mail'], { at: at(3) })
    const merged = mergeRecords(refused, first, second)
    expect([...merged.scopes].sort()).toEqual(['mail', 'notes', 'profile'])
    expect(merged.declined).toEqual(['tasks'])
  })

  test('each keeps its date and its lifetime', () => {
    const short = record(ask('notes'), [], { at: at(2), lifetime: 86_400 })
    const merged = mergeRecords(first, short)
    expect(itemsOf(ask('profile notes', { granted: merged, at: at(2) }))).toEqual([])
    expect(itemsOf(ask('profile notes', { granted: merged, at: at(4) }))).toEqual(['notes granted'])
    expect(merged).toMatchObject({ version: 2, at: second.at, origins: { profile: { at: first.at } } })
  })

  test('each keeps the path options under which it was agreed to', () => {
    const folded = loadPolicy(TEXT, { caseSensitive: false })
    const before = record(ask('profile', {}, folded), [], { at: at(1) })
    const after = record(ask('notes'), [], { at: at(2) })
    for (const granted of [[before, after], mergeRecords(before, after)]) {
      expect(changedSince(granted, policy)).toMatchObject({ askAgain: false, change: 'none' })
      const change = changedSince(granted, folded)
      expect(change).toMatchObject({ askAgain: true, scopes: [{ scope: 'notes' }] })
      expect(itemsOf(ask('profile notes', { granted }, folded))).toEqual(['notes granted widened'])
    }
  })

  test('a widened policy is asked about, whichever record the scope is in', () => {
    const wider = loadPolicy(TEXT.replace('me: GET', 'me: [GET, PUT]'))
    for (const granted of [[first, second], mergeRecords(first, second)]) {
      expect(itemsOf(ask('profile notes', { granted }, wider))).toEqual(['profile granted widened'])
    }
  })

  test('under other options with segment wildcards, the answer is to ask again', () => {
    const segment = (options: object): Policy =>
      loadPolicy({
        $options: { wildcard: 'segment', ...options },
        a: { label: 'x', endpoints: ['a'] },
        b: { label: 'x', endpoints: ['b'] },
      })
    const one = record(consent(segment({}), 'a'), [], { at: at(1) })
    const two = record(consent(segment({ caseSensitive: false }), 'b'), [], { at: at(2) })
    expect(changedSince([one, two], segment({})).askAgain).toBe(true)
  })

  test('there must be one, and each must be one', () => {
    expect(() => mergeRecords()).toThrow(TypeError)
    expect(() => mergeRecords([])).toThrow(TypeError)
    expect(() => mergeRecords(first, {} as never)).toThrow(/^not a consent record/)
    for (const wrong of [
      { expires: 'soon' },
      { declinedUntil: 5 },
      { declined: 'mail' },
      { at: 'then' },
      { version: 2 },
      { version: 2, origins: { profile: {} } },
    ]) {
      expect(() => changedSince({ ...first, ...wrong } as never, policy)).toThrow(/^not a consent record/)
    }
  })
})

describe('records of earlier versions', () => {
  /** As the first version wrote it. */
  const OLD = JSON.stringify({
    version: 1,
    fingerprint: policy.fingerprint,
    scopes: ['profile'],
    labels: { profile: { text: 'Profile', lang: '' } },
    locale: 'en',
    paths: {
      basePath: '',
      extensions: [],
      caseSensitive: true,
      trailingSlash: 'strict',
      wildcard: 'any',
      encodedSlash: 'refuse',
      delimiters: 'refuse',
      pathLength: 8192,
    },
    access: { profile: [{ pattern: 'me', methods: ['GET'] }] },
    at: '2026-11-20T12:00:00.000Z',
  })

  test('keep working, alone and beside new ones', () => {
    const old = JSON.parse(OLD) as ConsentRecord
    expect(itemsOf(ask('profile', { granted: old }))).toEqual([])
    expect(itemsOf(ask('profile mail', { granted: old }))).toEqual(['mail new'])
    expect(mergeRecords(old)).toEqual(old)
    expect(itemsOf(ask('profile notes', { granted: [old, record(ask('notes'), [])] }))).toEqual([])
  })
})

describe('a review, for prompt=consent', () => {
  const stored = record(ask('profile mail tasks'), ['mail'])
  const view = ask('profile mail tasks notes', { granted: stored, review: true })

  test('shows earlier choices as they are', () => {
    expect(itemsOf(view)).toEqual(['profile granted', 'mail granted', 'notes new', 'tasks declined'])
    expect(view).toMatchObject({ nothingToAsk: false, granted: [], declined: [], review: true })
    const elements = elementsOf(renderConsent(view, PAGE))
    const boxes = elements.filter(({ attrs }) => attrs.some(({ value }) => value === 'checkbox'))
    expect(
      boxes.map(({ attrs }) => [
        attrs.find(({ name }) => name === 'value')?.value,
        attrs.some(({ name }) => name === 'checked'),
      ]),
    ).toEqual([
      ['mail', true],
      ['tasks', false],
    ])
    expect(withClass(elements, 'consent-mark').map(textOf)).toEqual(
      expect.arrayContaining(['Allowed before', 'Declined before', 'New']),
    )
  })

  test('is where choices are changed: the later record says so', () => {
    const changed = answer(view, 'tasks')
    expect(changed).toMatchObject({
      scopes: ['profile', 'notes', 'tasks'],
      declined: ['mail'],
      withdrawn: ['mail'],
    })
    const merged = mergeRecords(stored, consentRecord(view, changed.scopes))
    expect(merged.scopes).not.toContain('mail')
    const next = ask('profile mail tasks notes', { granted: merged })
    expect(next).toMatchObject({ nothingToAsk: true, declined: [{ scope: 'mail' }] })
  })

  test('is where everything is withdrawn, and nowhere else', () => {
    const withdraw = (shown: ConsentView): ConsentAnswer =>
      resolveConsent(shown, { consent: 'withdraw', consent_view: shown.id })
    expect(withdraw(view)).toEqual({ decision: 'withdraw', scopes: [] })
    expect(renderConsent(view, PAGE)).toContain('value="withdraw">Remove access</button>')
    for (const other of [ask('profile mail'), ask('notes', { granted: stored })]) {
      expect(withdraw(other)).toMatchObject({ decision: 'invalid', reason: 'unknown-value' })
      expect(renderConsent(other, PAGE)).not.toContain('value="withdraw"')
    }
    expect(renderConsent(ask('notes', { granted: stored, review: true }), PAGE)).not.toContain(
      'value="withdraw"',
    )
  })

  test('ticks nothing that has come to mean more, and says what it now allows', () => {
    const wider = loadPolicy(TEXT.replace("'mail/*': GET", "'mail/*': [GET, DELETE]"))
    const again = ask('profile mail', { granted: stored, review: true }, wider)
    expect(itemsOf(again)).toEqual(['profile granted', 'mail granted widened'])
    expect(renderConsent(again, PAGE)).not.toMatch(/ checked/)
  })

  test('is another question than the same scopes without one', () => {
    const plain = ask('profile mail tasks notes', { granted: stored })
    expect(plain.id).not.toBe(view.id)
    expect(resolveConsent(view, { consent: 'allow', consent_view: plain.id })).toMatchObject({
      reason: 'outdated',
    })
  })
})

describe('withdrawScopes', () => {
  const stored = record(ask('profile mail tasks'), ['mail'])
  test('removes decisions, so that they are asked for again', () => {
    expect(withdrawScopes(stored, ['mail'])).toMatchObject({ scopes: ['profile'], declined: ['tasks'] })
    expect(withdrawScopes(stored, ['mail']).access).toEqual({
      profile: [{ pattern: 'me', methods: ['GET'] }],
    })
    const empty = withdrawScopes([stored, record(ask('notes'), [])])
    expect(empty).toMatchObject({ scopes: [], labels: {}, access: {} })
    expect(itemsOf(ask('profile mail', { granted: empty }))).toEqual(['profile new', 'mail new'])
  })
})

describe('what widened', () => {
  const stored = record(ask('profile'), [])
  test.each([
    ['me: [GET, PUT]', ['Changes']],
    ['me: [GET, POST, DELETE]', ['Adds or sends', 'Deletes']],
    ["'*': GET", ['Reads']],
  ])('%s is told in words: %j', (endpoints, words) => {
    const wider = loadPolicy(TEXT.replace('me: GET', endpoints))
    const view = ask('profile', { granted: stored }, wider)
    const sub = withClass(elementsOf(renderConsent(view, PAGE)), 'consent-sub').map(textOf)
    expect(sub).toContain(`It now also allows${words.join('')}`)
    expect(renderConsent(view, PAGE)).not.toContain('consent-code"')
    expect(renderConsent(view, { ...PAGE, details: true })).toContain('consent-code"')
  })
})

describe('nothing to ask', () => {
  test.each([
    ['an empty request', ask('')],
    ['unknown scopes alone', ask('nope')],
    ['what is granted', ask('profile', { granted: 'profile' })],
  ])('%s is said, by the view and on the page', (_, view) => {
    expect(view.nothingToAsk).toBe(true)
    const html = renderConsent(view, PAGE)
    expect(html).toContain('It asks for nothing new.')
    expect(html).toContain('value="allow">Continue</button>')
    expect(answer(view).decision).toBe('allow')
  })

  test('is not said where there is something', () => {
    expect(ask('profile').nothingToAsk).toBe(false)
    expect(renderConsent(ask('profile'), PAGE)).not.toContain('nothing new')
  })
})

describe('the optional option', () => {
  test('lets a person refuse more scopes for one client, and counts in the id of the view', () => {
    const view = ask('profile notes mail', { optional: ['notes', 'gone'] })
    expect(answer(view)).toEqual({ decision: 'allow', scopes: ['profile'], declined: ['mail', 'notes'] })
    expect(answer(view, 'notes').scopes).toEqual(['profile', 'notes'])
    expect(view.id).not.toBe(ask('profile notes mail').id)
    expect(() => ask('profile', { optional: 'notes' as never })).toThrow(
      'option optional must be a list of scope names',
    )
  })
})

describe('all optional scopes of a group', () => {
  const many = loadPolicy(
    Object.fromEntries(
      Array.from({ length: 12 }, (_, n) => [
        `s${n}`,
        { label: `L${n}`, group: n < 6 ? 'One' : 'Two', optional: true, endpoints: [`p${n}`] },
      ]),
    ),
  )
  const view = consent(many, [...many.scopes.keys()])
  const keys = elementsOf(renderConsent(view, PAGE)).flatMap(({ attrs }) =>
    attrs.some(({ value }) => value === 'consent_group')
      ? attrs.filter(({ name }) => name === 'value').map(({ value }) => value)
      : [],
  )
  const post = (fields: object): ConsentAnswer =>
    resolveConsent(view, { consent: 'allow', consent_view: view.id, ...fields })

  test('can be allowed by one box, without a script', () => {
    expect(keys).toHaveLength(2)
    expect(post({ consent_group: keys[0] })).toMatchObject({ scopes: ['s0', 's1', 's2', 's3', 's4', 's5'] })
    expect(post({ consent_group: keys, consent_scope: 's1' }).scopes).toHaveLength(12)
    expect(post({ consent_group: keys[1], consent_scope: 's1' }).scopes).toHaveLength(7)
    expect(resolveConsent(view, { consent: 'deny', consent_view: view.id, consent_group: keys })).toEqual({
      decision: 'deny',
      scopes: [],
    })
  })

  test('cannot be forged', () => {
    for (const consent_group of ['0', '', 'One', 'ffffffffffffffff']) {
      expect(post({ consent_group })).toMatchObject({ decision: 'invalid', reason: 'unknown-value' })
    }
    expect(post({ consent_group: [keys[0], keys[0]] })).toMatchObject({ reason: 'repeated-field' })
    const small = ask('mail')
    expect(
      resolveConsent(small, { consent: 'allow', consent_view: small.id, consent_group: keys[0] as string }),
    ).toMatchObject({ decision: 'invalid' })
  })
})
