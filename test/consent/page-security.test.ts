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
