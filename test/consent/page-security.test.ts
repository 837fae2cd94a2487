import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import {
  consent,
  contentSecurityPolicy,
  type PageOptions,
  renderConsent,
  styles,
  stylesHash,
} from '../../src/consent/index.ts'
import { loadPolicy } from '../../src/index.ts'
import { BANK } from './documents.ts'
import { elementsOf, textOf } from './parsed.ts'

const view = consent(loadPolicy(BANK), 'accounts')
const PAGE: PageOptions = { action: '/consent', client: { name: 'Budget' } }
const hashOf = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`
const styleOf = (html: string): string =>
  textOf(elementsOf(html).find(({ tagName }) => tagName === 'style') as never)

describe('URLs', () => {
  test.each([
    '/consent',
    'consent?x=1',
    '?x',
    'https://idp.example/x',
    'http://127.0.0.1:3000/',
    '//idp.example/x',
  ])('%s may be the action', (action) => {
    expect(renderConsent(view, { ...PAGE, action })).toContain(`action="${action}"`)
  })

  test.each([
    '',
    'javascript:alert(1)',
    'JavaScript:alert(1)',
    ' javascript:alert(1)',
    'java\nscript:alert(1)',
    'java\tscript:alert(1)',
    '\u0001javascript:alert(1)',
    'data:text/html,x',
    'vbscript:x',
    'blob:https://x/y',
    'file:///etc/passwd',
    'https:\\\\evil.example',
    '\\\\evil.example',
    'http://[',
    'https://a b/',
    undefined,
    { toString: () => 'javascript:x' },
  ])('%o may not, nor stand in any other place of a URL', (url) => {
    expect(() => renderConsent(view, { ...PAGE, action: url as never })).toThrow(TypeError)
    if (url === undefined) return
    for (const name of ['logo', 'uri', 'policy', 'terms']) {
      const client = { name: 'x', [name]: url as never }
      expect(() => renderConsent(view, { ...PAGE, client }), name).toThrow(TypeError)
    }
  })
})

describe('options of the page', () => {
  test.each([
    'javascript:alert(1)',
    'JAVASCRIPT:alert(1)',
    'data:text/html,x',
    'vbscript:x',
    'blob:https://budget.example/1',
    'file:///etc/passwd',
    'about:blank',
    'urn:ietf:wg:oauth:2.0:oob',
    '/callback',
    '//budget.example/cb',
    'https://',
    'https://budget.example/a b',
    '',
    5,
    null,
  ])('%o is no redirect URI: neither shown nor let through', (redirectUri) => {
    const wrong = [
      { redirectUri },
      ...(redirectUri === '/callback' ? [] : [{ redirectsThrough: [redirectUri] }]),
    ]
    for (const one of wrong.slice(0, redirectUri === '//budget.example/cb' ? 1 : 2)) {
      const options = { ...PAGE, ...(one as object) }
      expect(() => renderConsent(view, options)).toThrow(/^redirect(?:Uri|sThrough) /)
      expect(() => contentSecurityPolicy(options)).toThrow(TypeError)
    }
  })

  test.each([
    ['https://budget.example/cb?x=1#y', 'budget.example', 'https://budget.example'],
    ['http://127.0.0.1:8080/cb', '127.0.0.1:8080', 'http://127.0.0.1:8080'],
    ['http://[::1]:8080/', '[::1]:8080', 'http://*:8080'],
    ['cursor://anysphere.cursor/callback', 'cursor', 'cursor:'],
    ['myapp:/callback', 'myapp', 'myapp:'],
    ['com.example.app:/callback', 'com.example.app', 'com.example.app:'],
    // Anybody may put any host behind the scheme of an app.
    ['com.evil.app://bank.example/', 'com.evil.app', 'com.evil.app:'],
  ])('%s is one, and shown as %s', (redirectUri, shown, source) => {
    const options = { ...PAGE, redirectUri }
    expect(renderConsent(view, options)).toContain(`<bdi>${shown}</bdi>`)
    expect(contentSecurityPolicy(options)).toContain(`form-action 'self' ${source};`)
  })

  test.each([
    [{ client: {} }, 'option client.name must be a string that people can see, not undefined'],
    [
      { client: { name: ' \u200b' } },
      'option client.name must be a string that people can see, not " \\u{200B}"',
    ],
    [{ client: undefined }, 'option client must be an object with the name of the client, not undefined'],
    [{ hiddenFields: { a: 5 } }, 'option hiddenFields["a"] must be a string, not 5'],
    [{ hiddenFields: 'csrf' }, 'option hiddenFields must be an object of strings, not "csrf"'],
    [{ endpoints: -1 }, 'option endpoints must be a whole number from 0 on, not -1'],
    [{ endpoints: Number.NaN }, 'option endpoints must be a whole number from 0 on, not NaN'],
    [{ as: 'pag' }, 'option as must be `page` or `fragment`, not "pag"'],
    [{ account: {} }, 'option account must be a string, not {}'],
    [{ redirectsThrough: 'https://x' }, 'option redirectsThrough must be a list of URLs, not "https://x"'],
    [{ strings: { en: { allow: 5 } } }, 'option strings must be strings by language, not {"en":{"allow":5}}'],
    [{ theme: null }, 'option theme must be an object of values, not null'],
    [{ cleint: 1 }, 'unknown option "cleint"'],
  ])('%o are refused by name', (more, message) => {
    const options = { ...PAGE, ...more } as PageOptions
    expect(() => renderConsent(view, options)).toThrow(new TypeError(message))
    expect(() => contentSecurityPolicy(options)).toThrow(new TypeError(message))
  })

  test('what is undefined is not given, and a client may have more members', () => {
    const client = { name: 'Budget', client_id: 'b1', uri: '/about' }
    const html = renderConsent(view, {
      ...PAGE,
      client,
      endpoints: undefined,
      as: undefined,
      theme: undefined,
    })
    expect(html).toContain('<bdi>/about</bdi>')
    expect(renderConsent(view, { ...PAGE, endpoints: Number.POSITIVE_INFINITY })).toContain('accounts')
  })
})

describe('contentSecurityPolicy', () => {
  test('lets the style sheet through by its hash, and nothing else', () => {
    expect(stylesHash).toBe(hashOf(styles))
    expect(contentSecurityPolicy(PAGE)).toBe(
      `default-src 'none'; style-src ${stylesHash}; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`,
    )
    expect(hashOf(styleOf(renderConsent(view, PAGE)))).toBe(stylesHash)
  })

  test('names the hash of the style sheet with its theme', () => {
    const themed = { ...PAGE, theme: { accent: '#7a1fa2' }, darkTheme: { accent: 'hsl(280 80% 75%)' } }
    const style = styleOf(renderConsent(view, themed))
    expect(style).toContain('.consent{--consent-accent:#7a1fa2}')
    expect(contentSecurityPolicy(themed)).toContain(`style-src ${hashOf(style)};`)
  })

  test('names the nonce, the logo, the action and the way back', () => {
    const options: PageOptions = {
      action: 'https://idp.example/consent',
      client: { name: 'x', logo: 'https://cdn.example:8443/logo.png' },
      nonce: 'dGVzdA==',
      redirectUri: 'com.example.app:/callback',
    }
    expect(contentSecurityPolicy(options)).toBe(
      "default-src 'none'; style-src 'nonce-dGVzdA=='; img-src https://cdn.example:8443; " +
        "form-action 'self' https://idp.example com.example.app:; base-uri 'none'; frame-ancestors 'none'",
    )
    expect(renderConsent(view, options)).toContain('<style nonce="dGVzdA==">')
    expect(contentSecurityPolicy({ ...PAGE, redirectUri: 'https://app.example/cb' })).toContain(
      "form-action 'self' https://app.example;",
    )
  })

  test('cannot be made to say more', () => {
    for (const nonce of ["x'; script-src *", 'a b', '', 'x"']) {
      expect(() => contentSecurityPolicy({ ...PAGE, nonce })).toThrow(TypeError)
      expect(() => renderConsent(view, { ...PAGE, nonce })).toThrow(TypeError)
    }
    for (const logo of ['https://x; script-src *', "https://x/'", 'https://*/x']) {
      const client = { name: 'x', logo }
      let directives = 6
      try {
        directives = contentSecurityPolicy({ ...PAGE, client }).split(';').length
      } catch (error) {
        expect(error).toBeInstanceOf(TypeError)
      }
      expect(directives).toBe(6)
    }
  })
})

describe('the theme', () => {
  test.each([
    {
      accent: '#0b57b0',
      'on-accent': 'rgb(255 255 255 / 90%)',
      radius: 'calc(2px + .5rem)',
      font: '"My Font", serif',
    },
  ])('takes plain values: %o', (theme) => {
    expect(styleOf(renderConsent(view, { ...PAGE, theme }))).toContain(`--consent-accent:${theme.accent};`)
  })

  test.each([
    [{ accent: 'red}body{display:none' }],
    [{ accent: 'red;color:blue' }],
    [{ accent: '</style><script>' }],
    [{ accent: 'url(https://evil.example)' }],
    [{ accent: '\\75rl(x)' }],
    [{ accent: '/*' }],
    [{ accent: 'calc((1px)' }],
    [{ accent: ')(' }],
    [{ font: '"x' }],
    [{ accent: 'a\nb' }],
    [{ accent: '' }],
    [{ 'accent:x;y': 'red' }],
    [{ accent: 5 as never }],
  ])('refuses %o', (theme) => {
    expect(() => renderConsent(view, { ...PAGE, theme: theme })).toThrow(TypeError)
  })
})
