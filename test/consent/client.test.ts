/** What clients and users chose for themselves, on a page of the server. */
import { describe, expect, test } from 'vitest'
import { consent, contentSecurityPolicy, type PageOptions, renderConsent } from '../../src/consent/index.ts'
import { cleanName, mayImitate } from '../../src/consent/client-text.ts'
import { loadPolicy } from '../../src/index.ts'
import { BANK } from './documents.ts'
import { elementsOf, textOf, withClass } from './parsed.ts'

const policy = loadPolicy(BANK)
const view = consent(policy, 'accounts')
const page = (client: object, more: object = {}): PageOptions => ({
  action: '/consent',
  client: { name: 'Budget', ...client },
  ...more,
})
const shown = (client: object, more: object = {}): string => renderConsent(view, page(client, more))

describe('names', () => {
  test.each([
    ['Budget\u202e', 'Budget'],
    ['\u202emoc.elgoog', 'moc.elgoog'],
    ['Budget\u2069\u202e', 'Budget'],
    ['\u061cB\u200eu\u200fd\u2066g\u2069et', 'Budget'],
    ['Bud\u00adget\u200b\u2060\ufeff', 'Budget'],
    ['Bud\u200dget\u200c', 'Budget'],
    ['a\r\nb\tc\u2028d\u0000e', 'a b c d e'],
    ['  a   b  ', 'a b'],
    ['\u{e0041}\u{e0042}Budget\u{e007f}', 'Budget'],
    ['a\u0301\u0301\u0301\u0301\u0301\u0301\u0301', 'á\u0301\u0301\u0301\u0301'],
    ['\u{1f468}\u200d\u{1f469}\u200d\u{1f467} Family', '\u{1f468}\u200d\u{1f469}\u200d\u{1f467} Family'],
    ['می\u200cخواهم', 'می\u200cخواهم'],
    ['क्\u200dष', 'क्\u200dष'],
    ['ｅ', 'ｅ'],
  ])('%j is shown as %j', (name, clean) => {
    expect(cleanName(name)).toBe(clean)
    expect(shown({ name })).toContain(`<bdi>${clean}</bdi>`)
  })

  test('have a length', () => {
    const name = cleanName('Budget has been verified by Example Bank. '.repeat(70))
    expect(name).toMatch(/^Budget has been verified by Example Bank\. Budget has been v.*…$/)
    expect(Array.from(name).length).toBeLessThanOrEqual(60)
    expect(shown({ name: 'x'.repeat(1_000_000) }).length).toBeLessThan(20_000)
    expect(shown({}, { account: 'a'.repeat(5_000) })).toContain(`<bdi>${'a'.repeat(99)}…</bdi>`)
  })

  test('of which nothing is left are refused', () => {
    for (const name of ['\u202e', ' \u200b', '\u2066\u2069', '\u200d', '\u2800']) {
      expect(() => shown({ name })).toThrow(/^option client.name must be a string that people can see/)
    }
  })

  test.each([
    ['Budget', 'en', false],
    ['Pаypal', 'en', true], // a Cyrillic a
    ['Gооgle', 'ru', true],
    ['раурал', 'ru', false],
    ['\u0440\u0430\u0443', 'en', true],
    ['Яндекс', 'en', false],
    ['Яндекс Mail', 'en', false],
    ['Сбер', 'de', false],
    ['ΑΒΕ Bank', 'en', true],
    ['Εθνική Τράπεζα', 'en', false],
    ['東京カード ABC', 'en', false],
    ['LINEアプリ', 'ja', false],
    ['네이버Pay', 'en', false],
    ['ビザкард', 'ja', true],
    ['𝗕𝗮𝗻𝗸', 'en', true],
    ['Ｂａｎｋ', 'en', true],
    ['Ⓑank', 'en', true],
    ['École № 5', 'fr', false],
    ['Ελληνikή', 'en', true],
    ['बजट', 'en', false],
  ])('%s in a page in %s imitates: %s', (name, lang, expected) => {
    expect(mayImitate(cleanName(name), lang)).toBe(expected)
    const marked = renderConsent(
      consent(policy, 'accounts', { locale: lang }),
      page({ name, verified: true }),
    )
    expect(marked.includes('consent-unverified"')).toBe(expected)
  })
})

describe('who the client is', () => {
  test('is said of every client that is not verified', () => {
    for (const client of [{}, { verified: false }, { verified: undefined }]) {
      expect(shown(client)).toContain('Not verified: anyone could have chosen this name')
    }
    expect(shown({ verified: true })).not.toContain('Not verified')
    expect(() => shown({ verified: 'yes' })).toThrow('option client.verified must be true or false')
  })

  test('is told by its owner, and by its id where nobody has verified it', () => {
    const html = shown({ owner: 'Example Ltd\u202e', id: 'b-17' })
    expect(html).toContain('Registered by <bdi>Example Ltd</bdi>')
    expect(html).toContain('Client ID: <bdi>b-17</bdi>')
    expect(shown({ id: 'b-17', verified: true })).not.toContain('b-17')
  })

  test('the host that the person returns to is in the head of the page', () => {
    const head = (redirectUri: string): string => {
      const elements = elementsOf(shown({}, { redirectUri }))
      return textOf(withClass(elements, 'consent-head')[0] as never)
    }
    expect(head('https://budget.example/cb')).toContain('Afterwards you return to budget.example.')
    expect(head('http://127.0.0.1:3000/cb')).toContain('an app on this device (127.0.0.1:3000)')
    expect(head('http://[::1]:3000/cb')).toContain('an app on this device ([::1]:3000)')
    expect(head('cursor://anysphere.cursor-deeplink/mcp')).toContain('an app on this device (cursor)')
    expect(head('https://xn--e1aybc.example@evil.example/')).toContain('return to evil.example.')
    expect(head('https://аррӏе.example/')).toContain('return to xn--80ak6aa92e.example.')
  })

  test('service, account and the place to remove access are named', () => {
    const html = shown(
      { logo: 'data:image/png;base64,iVBORw0KGgo=' },
      {
        service: { name: 'Example Bank\u202e', logo: 'https://bank.example/logo.svg' },
        account: { name: 'ana@example.com', switchUrl: '/login?switch' },
        manage: '/account/apps',
      },
    )
    expect(html).toContain('<bdi>Budget</bdi> wants access to your <bdi>Example Bank</bdi> account')
    expect(html).toContain('<title>\u2068Budget\u2069 wants access to your \u2068Example Bank\u2069 account')
    expect(html).toContain('<a href="/login?switch">Use another account</a>')
    expect(html).toContain(
      'You can remove this access at any time: <a href="/account/apps">Manage access</a>',
    )
    expect(() => shown({}, { manage: 'javascript:x' })).toThrow(TypeError)
    expect(() => shown({}, { account: { name: 'x', switchUrl: 'data:x' } })).toThrow(TypeError)
  })
})

describe('unknown scopes', () => {
  test('of which a request has 303 are counted, and none of their names is on the page', () => {
    const names = Array.from({ length: 302 }, (_, at) => `unknown-${at}`)
    const asked = consent(policy, ['accounts', ...names, 'VERIFIED-BY-YOUR-BANK'])
    expect(asked.unknown).toHaveLength(303)
    const html = renderConsent(asked, page({}))
    expect(html).not.toMatch(/unknown-\d|VERIFIED-BY/)
    expect(html).toContain('It also asks for 303 permissions that are unknown here and are not granted.')
    expect(renderConsent(consent(policy, 'accounts x'), page({}))).toContain('1 permission that is unknown')
  })
})

describe('redirects', () => {
  test.each([
    'cursor://anysphere.cursor-deeplink/mcp/callback',
    'vscode://dynamicauthprovider/example.com/authorize',
    'claude://oauth/callback',
    'raycast:/oauth',
    'com.example.app:/callback',
    'web+app:x',
    'VSCODE://x',
  ])('%s of an app is accepted as it is registered', (redirectUri) => {
    const scheme = redirectUri.slice(0, redirectUri.indexOf(':')).toLowerCase()
    expect(contentSecurityPolicy(page({}, { redirectUri }))).toContain(`form-action 'self' ${scheme}:;`)
    expect(shown({}, { redirectUri })).toContain(`<bdi>${scheme}</bdi>`)
    expect(contentSecurityPolicy(page({}, { redirectsThrough: [redirectUri] }))).toContain(`${scheme}:`)
  })

  test.each([
    ...['javascript:alert(1)', 'JavaScript:x', 'data:text/html,x', 'vbscript:x', 'file:///x', 'about:blank'],
    ...[
      'blob:https://x/y',
      'view-source:https://x',
      'filesystem:https://x/y',
      'chrome://settings',
      'jar:x!/',
    ],
    ...['mailto:a@b.example', 'intent://x#Intent;end', 'ms-msdt:/id', 'ws://x/', 'ftp://x/', 'tel:1'],
  ])('%s never is, whatever allowSchemes says', (redirectUri) => {
    const scheme = redirectUri.slice(0, redirectUri.indexOf(':')).toLowerCase()
    expect(() => shown({}, { redirectUri })).toThrow(TypeError)
    expect(() => shown({}, { allowSchemes: [scheme] })).toThrow('option allowSchemes cannot allow the scheme')
  })

  test('a server may accept fewer schemes', () => {
    const allowSchemes = ['https', 'com.example.app']
    expect(shown({}, { redirectUri: 'https://x.example/', allowSchemes })).toContain('x.example')
    expect(shown({}, { redirectUri: 'com.example.app:/cb', allowSchemes })).toContain('com.example.app')
    for (const redirectUri of ['cursor://x', 'http://127.0.0.1/']) {
      expect(() => shown({}, { redirectUri, allowSchemes })).toThrow('which allowSchemes does not list')
      expect(() => shown({}, { redirectsThrough: [redirectUri], allowSchemes })).toThrow(TypeError)
    }
    for (const wrong of ['https', [5], ['https:'], ['HTTPS']]) {
      expect(() => shown({}, { allowSchemes: wrong })).toThrow(/^option allowSchemes must /)
    }
  })

  test.each([
    ...['https:evil.example', 'https:/evil.example', 'https:///evil.example', 'HTTPS:evil.example'],
    ...['http:evil.example/x', 'https://?x', 'https://#x'],
  ])('%s is read as two different addresses, and refused everywhere', (url) => {
    for (const more of [
      { redirectUri: url },
      { redirectsThrough: [url] },
      { action: url },
      { manage: url },
    ]) {
      expect(() => shown({}, more)).toThrow(TypeError)
      expect(() => contentSecurityPolicy(page({}, more))).toThrow(TypeError)
    }
    for (const name of ['logo', 'uri', 'policy', 'terms'])
      expect(() => shown({ [name]: url })).toThrow(TypeError)
  })

  test.each([
    ...[
      'https://a;form-action/x.png',
      'https://*/',
      'https://*.evil.example/',
      "https://a'b/",
      'https://a,b/',
    ],
    ...[
      'https://a!b/',
      'https://a$b/',
      'https://(a)/',
      'https://a&b/',
      'https://a=b/',
      'https://a+b/',
      'https://a~b/',
    ],
    ...['https://a{b/', 'https://"a"/', 'https://a`b/'],
  ])('the host of %s cannot write the Content-Security-Policy', (url) => {
    for (const options of [page({ logo: url }), page({}, { redirectUri: url }), page({}, { action: url })]) {
      expect(() => contentSecurityPolicy(options)).toThrow(TypeError)
      expect(() => renderConsent(view, options)).toThrow(TypeError)
    }
  })

  test('a source is valid in the grammar of CSP whatever the address is', () => {
    const valid =
      /^(?:'self'|data:|[a-z][a-z\d+.-]*:|(?:https?:\/\/)?(?:\*|[a-z\d-]+(?:\.[a-z\d-]+)*\.?)(?::\d+)?)$/
    for (const [redirectUri, source] of [
      ['http://[::1]:9/cb', 'http://*:9'],
      ['http://[::1]/cb', 'http://*:80'],
      ['https://[2001:db8::1]/cb', 'https://*:443'],
      ['http://127.0.0.1:1/', 'http://127.0.0.1:1'],
      ['http://localhost:1/', 'http://localhost:1'],
      ['http://2130706433:1/', 'http://127.0.0.1:1'],
      ['https://a_b.example/', 'https://*:443'],
      ['https://BÜCHER.example:8443/x', 'https://xn--bcher-kva.example:8443'],
      ['https://x.example./', 'https://x.example.'],
    ] as const) {
      const csp = contentSecurityPolicy(page({}, { redirectUri, action: '//idp.example/c' }))
      const sources = /form-action ([^;]*)/.exec(csp)?.[1]?.split(' ') ?? []
      expect(sources).toEqual(["'self'", 'idp.example', source])
      for (const one of sources) expect(one).toMatch(valid)
    }
    const logos = page(
      { logo: 'data:image/svg+xml;base64,PHN2Zy8+' },
      { service: { name: 'S', logo: '/l.png' } },
    )
    expect(contentSecurityPolicy(logos)).toContain("img-src 'self' data:;")
    expect(() => shown({ logo: 'data:text/html;base64,PHN2Zy8+' })).toThrow(TypeError)
  })
})

describe('technical details', () => {
  const big = loadPolicy({ a: { label: 'x', endpoints: ['p', 'q', 'r'] } })
  const html = (more: object): string => renderConsent(consent(big, 'a'), page({}, more))

  test('are left out for readers who are not developers', () => {
    expect(html({})).not.toMatch(/<details|consent-code"/)
    expect(html({ details: false, endpoints: 5 })).not.toContain('<details')
  })

  test('of none say nothing about more', () => {
    expect(html({ endpoints: 0 })).not.toMatch(/more|<details/)
    expect(html({ endpoints: 0, details: true })).not.toMatch(/more|<details/)
  })

  test('are there if they are wanted, each named by the label of its scope', () => {
    expect(html({ endpoints: 2 })).toContain('and 1 more')
    const elements = elementsOf(html({ details: true }))
    const summary = elements.find(({ tagName }) => tagName === 'summary')
    const names = summary?.attrs.find(({ name }) => name === 'aria-labelledby')?.value.split(' ') ?? []
    const texts = names.map((id) => {
      const element = elements.find(({ attrs }) => attrs.some((one) => one.name === 'id' && one.value === id))
      return element === undefined ? undefined : textOf(element)
    })
    expect(texts).toEqual(['What exactly this opens', 'x'])
  })
})
