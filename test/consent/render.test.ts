import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  consent,
  type ConsentScope,
  type ConsentView,
  type PageOptions,
  renderConsent,
  styles,
} from '../../src/consent/index.ts'
import { cleanName } from '../../src/consent/client-text.ts'
import { loadPolicy } from '../../src/index.ts'
import { runs } from '../arbitrary/settings.ts'
import { BANK } from './documents.ts'
import { attribute, elementsOf, textOf, withClass } from './parsed.ts'

const policy = loadPolicy(BANK)
const PAGE: PageOptions = { action: '/consent', client: { name: 'Budget' } }
const ALL = 'accounts transactions payments payments.read openid'

/** Everything that tries to get out of a string node, an attribute, a script or its line. */
const HOSTILE = [
  '<script>alert(1)</script>',
  '</p></li></form><form action="//evil.example">',
  '" onmouseover="alert(1)" x="',
  "' autofocus onfocus='alert(1)",
  '<img src=x onerror=alert(1)>',
  '</title></style></textarea></noscript>-->',
  '<!--',
  '<![CDATA[x]]>',
  '{{7*7}} ${7*7} <%= 7 %> {% raw %} #{7} [[x]]',
  '{client}{account}{count}$&$1$`',
  '&lt;b&gt; &amp; &#x202e; &notit;',
  'allow \u202eyned\u202c \u2066x\u2069 \u200f\u061c',
  'zero\u200bwidth\u200d\ufeff',
  'x'.repeat(10_000),
  '<'.repeat(2_000),
  '\u{1f468}\u200d\u{1f469}',
  'a\r\nb\rc\nd\te',
  '`${alert(1)}`',
  'javascript:alert(1)',
]
const hostile = fc.oneof(
  fc.constantFrom(...HOSTILE),
  fc
    .array(fc.constantFrom(...HOSTILE.slice(0, 12), ' ', 'x', '<', '>', '"', "'", '&', '=', '/', '\u202e'))
    .map((all) => all.join('')),
  fc.string({ unit: 'binary' }),
)

/** A view with other texts: the loader refuses some of them, and the page must not depend on that. */
function withTexts(view: ConsentView, text: string): ConsentView {
  const scope = <T extends ConsentScope>(one: T): T => ({
    ...one,
    label: text,
    ...(one.description && { description: { ...one.description, text } }),
    access: {
      ...one.access,
      endpoints: one.access.endpoints.map((endpoint) => ({ ...endpoint, pattern: text })),
    },
  })
  return {
    ...view,
    groups: view.groups.map(({ label, items }) => ({
      ...(label && { label: { ...label, text } }),
      items: items.map((item) => ({ ...scope(item), scope: text, includes: item.includes.map(scope) })),
    })),
    granted: view.granted.map(scope),
    unknown: [text],
  }
}

/** What no HTML document can hold is U+FFFD in it. */
const parsed = (text: string): string => text.replace(/\0|\p{Cs}/gu, '\ufffd')

const shape = (html: string): readonly unknown[] =>
  elementsOf(html).map(({ tagName, attrs }) => [
    tagName,
    attrs.filter(({ name }) => !['value', 'content'].includes(name)).map(({ name, value }) => [name, value]),
  ])

describe('text of others', () => {
  const view = consent(policy, `${ALL} sms`, { granted: 'openid' })
  const options = (text: string): PageOptions => ({
    action: '/consent?a=1&b=2',
    // A name must not be space.
    client: { name: `N${text}`, policy: '/p', verified: true },
    account: text,
    hiddenFields: { csrf: text },
  })

  test('stays text: the same elements and attributes whatever it is, and read back exactly', () => {
    const plain = shape(renderConsent(withTexts(view, 'x'), options('x')))
    fc.assert(
      fc.property(hostile, (text) => {
        const html = renderConsent(withTexts(view, text), options(text))
        // A name of several alphabets is marked as one.
        const mark = 'class="consent-chip consent-mark consent-unverified"'
        expect(shape(html.replace(new RegExp(`<li ${mark}>[^<]*</li>`), ''))).toEqual(plain)
        const elements = elementsOf(html)
        const read = (name: string): readonly string[] => withClass(elements, name).map(textOf)
        const expected = parsed(text)
        expect(new Set(read('consent-label'))).toEqual(new Set([expected]))
        expect(new Set(read('consent-text'))).toEqual(new Set([expected]))
        // Names that others chose are made fit first.
        const name = parsed(cleanName(`N${text}`))
        expect(textOf(elements.find((one) => one.tagName === 'title') as never)).toBe(
          `\u2068${name}\u2069 asks for access`,
        )
        expect(read('consent-title')).toEqual([`${name} asks for access`])
        expect(name).not.toMatch(/\p{Bidi_Control}/u)
        const values = elements.filter((one) => one.tagName === 'input').map((one) => attribute(one, 'value'))
        expect(values).toContain(expected)
        for (const code of withClass(elements, 'consent-code')) expect(textOf(code)).toContain(expected)
      }),
      runs(300),
    )
  })

  test('is isolated in its direction wherever it stands', () => {
    const mark = 'M\u202eM'
    const html = renderConsent(withTexts(view, mark), options(mark))
    for (const element of elementsOf(html)) {
      if (
        element.tagName === 'title' ||
        !element.childNodes.some((child) => 'value' in child && child.value.includes(mark))
      )
        continue
      expect(element.tagName === 'bdi' || attribute(element, 'dir') !== undefined, element.tagName).toBe(true)
    }
  })

  test('labels of a document come back exactly', () => {
    for (const text of HOSTILE.filter((one) => !/[\r\u061c\u200f\u2066\u202e]/.test(one))) {
      const own = loadPolicy({ a: { label: text, description: { de: text }, group: text, endpoints: ['x'] } })
      const elements = elementsOf(renderConsent(consent(own, 'a'), PAGE))
      expect(withClass(elements, 'consent-label').map(textOf)).toEqual([text])
    }
  })
})

describe('the page', () => {
  const html = renderConsent(consent(policy, ALL, { locale: 'en' }), {
    ...PAGE,
    hiddenFields: { csrf: 't0ken', uid: '7' },
    redirectUri: 'https://app.example/cb?x=1',
  })
  const elements = elementsOf(html)
  const tagged = (name: string): typeof elements => elements.filter(({ tagName }) => tagName === name)

  test('is one form with fields that say what is asked', () => {
    const [form] = tagged('form')
    expect(tagged('form')).toHaveLength(1)
    expect([attribute(form as never, 'method'), attribute(form as never, 'action')]).toEqual([
      'post',
      '/consent',
    ])
    const fields = tagged('input').map((one) => ['type', 'name', 'value'].map((name) => attribute(one, name)))
    expect(fields).toEqual([
      ['hidden', 'csrf', 't0ken'],
      ['hidden', 'uid', '7'],
      ['hidden', 'consent_view', consent(policy, ALL).id],
      ['checkbox', 'consent_scope', 'transactions'],
    ])
    expect(tagged('input').some((one) => attribute(one, 'checked') !== undefined)).toBe(false)
    expect(tagged('button').map((one) => [attribute(one, 'value'), textOf(one)])).toEqual([
      ['deny', 'Deny'],
      ['allow', 'Allow'],
    ])
  })

  test('has a legend for each group and a label for each box', () => {
    expect(tagged('legend').map(textOf)).toEqual(['Your accounts', 'This allows it to'])
    const box = tagged('input').find((one) => attribute(one, 'type') === 'checkbox')
    const label = tagged('label').find((one) => attribute(one, 'for') === attribute(box as never, 'id'))
    expect(textOf(label as never)).toBe('See your transactions')
  })

  test('has no script, and nothing from elsewhere', () => {
    expect(tagged('script')).toEqual([])
    expect(
      elements.flatMap(({ attrs }) => attrs.filter(({ name }) => /^on|^style$|^src/.test(name))),
    ).toEqual([])
    expect(styles).not.toMatch(/url\(|@import|</)
  })

  test('says where the person goes', () => {
    expect(withClass(elements, 'consent-note').map(textOf)).toContain('Afterwards you return to app.example.')
  })

  test('can be a fragment', () => {
    const fragment = renderConsent(consent(policy, ALL), { ...PAGE, as: 'fragment' })
    expect(fragment).toMatch(/^<form /)
    expect(fragment).not.toMatch(/<(?:html|body|style|main)/)
  })

  test('lists so many endpoints, and counts the others', () => {
    const big = loadPolicy({
      a: { label: 'x', endpoints: Array.from({ length: 1_030 }, (_, at) => `p${at}`) },
    })
    const codes = withClass(
      elementsOf(renderConsent(consent(big, 'a'), { ...PAGE, details: true })),
      'consent-code',
    )
    expect(codes).toHaveLength(20)
    expect(renderConsent(consent(big, 'a', { locale: 'de' }), { ...PAGE, details: true })).toContain(
      '<li>und 1.010 weitere</li>',
    )
    expect(renderConsent(consent(big, 'a'), { ...PAGE, endpoints: 2_000 })).toContain('/p1029')
  })

  test('shows endpoints where they stand in a request', () => {
    const own = loadPolicy({
      $options: { preset: 'cerb' },
      a: { label: 'x', endpoints: [{ 'workers/*': 'GET' }] },
    })
    const html = renderConsent(consent(own, 'a'), { ...PAGE, details: true })
    const [code] = withClass(elementsOf(html), 'consent-code')
    expect(textOf(code as never)).toBe('GET /rest/workers/*')
  })

  test('refuses a hidden field that would answer in place of the person', () => {
    expect(() =>
      renderConsent(consent(policy, ALL), { ...PAGE, hiddenFields: { consent: 'allow' } }),
    ).toThrow(TypeError)
  })
})

describe('the language of the frame', () => {
  test.each([
    ['en', 'ltr', 'Allow'],
    ['de-CH', 'ltr', 'Erlauben'],
    ['fr', 'ltr', 'Autoriser'],
    ['es-MX', 'ltr', 'Permitir'],
    ['pt-BR', 'ltr', 'Permitir'],
    ['ja', 'ltr', '許可する'],
    ['ar', 'rtl', 'سماح'],
    ['nl-BE', 'ltr', 'Toestaan'],
    ['zh-TW', 'ltr', '允許'],
    ['zh-CN', 'ltr', '允许'],
    ['he-IL', 'rtl', 'אישור'],
    ['fi', 'ltr', 'Allow'],
  ])('for %s', (locale, dir, allow) => {
    const [root, ...elements] = elementsOf(renderConsent(consent(policy, ALL, { locale }), PAGE))
    expect(attribute(root as never, 'dir')).toBe(dir)
    expect(elements.filter(({ tagName }) => tagName === 'button').map(textOf)).toContain(allow)
  })

  test('can be replaced and added to, as text', () => {
    const view = consent(policy, ALL, { locale: 'nl' })
    const strings = { nl: { allow: '<b>Toestaan</b>', title: '{client} vraagt toegang' }, en: { deny: 'No' } }
    const html = renderConsent(view, { ...PAGE, strings })
    expect(html).toContain('&lt;b&gt;Toestaan&lt;/b&gt;')
    expect(html).toContain('<bdi>Budget</bdi> vraagt toegang')
    expect(html).toContain('<html lang="nl"')
    expect(renderConsent(consent(policy, ALL, { locale: 'en' }), { ...PAGE, strings })).toContain(
      '>No</button>',
    )
  })
})
