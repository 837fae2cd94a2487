/**
 * Names of tools and prompts, and URIs of resources, in RE2: which are judged at all (`pattern/name.ts`), and which a
 * pattern matches. The rules for URIs are those of three readers of URLs, as a list of what must and must not be.
 */
import type { PolicyRows } from '../rows.ts'
import { asciiEscapes, type Check, DOT, DOUBLE_ENCODING, type Guard, UTF8 } from './accepted.ts'
import type { Clause } from './clauses.ts'
import { expressionOf, globOf } from './glob.ts'
import { letterOf, textOf } from './letters.ts'

const MAX_NAME_LENGTH = 8192

/** Those of names, which are anything but empty and control characters, and those of URIs. */
export function nameGuards(): Readonly<Record<'name' | 'uri', Guard>> {
  const name: Check = { name: 'characters', expression: '^[^\\x00-\\x1f\\x7f-\\x{9f}]+$', expected: true }
  return {
    name: { checks: [name], maxLength: MAX_NAME_LENGTH },
    uri: { checks: uriChecks(), maxLength: MAX_NAME_LENGTH },
  }
}

const LOWER = 'abcdefghijklmnopqrstuvwxyz'
const DIGITS = '0123456789'
/** Schemes that the WHATWG parser reads in its own way. */
const SPECIAL = '^(?:https?|wss?|ftp|file):'

function oneOf(chars: string): string {
  return letterOf(new Set(Array.from(chars, (char) => char.charCodeAt(0))))
}

function uriChecks(): readonly Check[] {
  const must = (name: string, expression: string, when?: string): Check => ({
    name,
    expression,
    expected: true,
    ...(when !== undefined && { when }),
  })
  const mustNot = (name: string, expression: string): Check => ({ name, expression, expected: false })
  const digit = oneOf(DIGITS)
  const port = `(?:${oneOf('0')}|${oneOf(DIGITS.slice(1))}${digit}{0,4})`
  const authority = `${oneOf(`${LOWER}${DIGITS}-._~!$&'()*+,;=`)}*(?::${port})?`
  const escapes = asciiEscapes({ slash: false, delimiters: false })
  return [
    must('characters', `^(?:[A-Za-z0-9\\-._~:/?@!$&'()*+,;=]|${escapes}|${UTF8})+$`),
    DOUBLE_ENCODING,
    must('scheme', '^[a-z][a-z0-9+.\\-]*:'),
    must('authority', `^[^:]*:(?:[^/].*|/[^/].*|/?|//${authority}(?:[/?].*)?)$`),
    mustNot('authority of dots', `^[^:]*://${DOT}${DOT}?(?:[:;/?]|$)`),
    must('special scheme', `${SPECIAL}//[^/?]*/`, SPECIAL),
    mustNot('apostrophe in a query', `${SPECIAL}[^?]*\\?.*'`),
    mustNot('port of a file', '^file://[^/?]*:'),
    mustNot('local host of a file', `^file://${textOf('localhost')}/`),
    mustNot(
      'default port',
      `^(?:(?:http|ws)://[^/?:]*:${textOf('80')}|(?:https|wss)://[^/?:]*:${textOf('443')}|ftp://[^/?:]*:${textOf('21')})/`,
    ),
    mustNot('port out of range', `${SPECIAL}//[^/?:]*:${over65535()}/`),
    must('host', `^(?:file:///|${SPECIAL.slice(1)}//(?:${ipv4()}|${hostName()})(?::${port})?/)`, SPECIAL),
    mustNot('internationalized host', `${SPECIAL}//(?:[^/?:]*${DOT})?${textOf('xn--')}`),
    mustNot('dot segment', `^[^:?]*:(?://[^/?]*/|/)?(?:[^?]*/)?${DOT}${DOT}?(?:[;/?]|$)`),
    mustNot('empty segment', '^[^:?]*:(?://|/?[^/?])[^?]*//'),
  ]
}

function over65535(): string {
  const digit = oneOf(DIGITS)
  const from = (first: string, low: string): string => `${textOf(first)}${oneOf(DIGITS.slice(Number(low)))}`
  return `(?:${from('6553', '6')}|${from('655', '4')}${digit}|${from('65', '6')}${digit}{2}|${from('6', '6')}${digit}{3}|${from('', '7')}${digit}{4})`
}

/** Without leading zeros. */
function ipv4(): string {
  const digit = oneOf(DIGITS)
  const octet = `(?:${textOf('25')}${oneOf('012345')}|${textOf('2')}${oneOf('01234')}${digit}|${textOf('1')}${digit}${digit}|${oneOf('123456789')}${digit}|${digit})`
  return `${octet}(?:${DOT}${octet}){3}`
}

/** The last label is not a number, which would make it an IPv4 address. */
function hostName(): string {
  const word = oneOf(`${LOWER}${DIGITS}_-`)
  const letter = oneOf(`${LOWER}_-`)
  const digit = oneOf(DIGITS)
  const notX = oneOf(`${LOWER.replace('x', '')}_-`)
  const last = `(?:${letter}${word}*|${oneOf('123456789')}${digit}*${letter}${word}*|${oneOf('0')}(?:${notX}${word}*|${digit}+${letter}${word}*))`
  return `(?:${word}+${DOT})*${last}`
}

/** Every name can be written. */
export function nameClausesOf({ rows }: PolicyRows): readonly Clause[] {
  return rows.flatMap((row) =>
    row.names.map(({ endpoint, pattern }): Clause => {
      const { meaning } = pattern
      const runs = meaning.kind === 'runs' ? meaning.runs : []
      const isUri = endpoint.methods.includes('resources/read')
      const inside = isUri ? expressionOf(globOf(runs, true)) : runs.map(exactly).join('.*')
      return {
        row,
        methods: endpoint.methods,
        pattern,
        expression: `^(?:${inside})$`,
      }
    }),
  )
}

function exactly(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')
}
