/**
 * Which language a string comes in: the best of those that it is written in for a person who reads some
 * others. Matching is that of BCP 47 with the distances of CLDR; nothing that a browser sends throws.
 */
import { match } from '@formatjs/intl-localematcher'
import Negotiator from 'negotiator'
import type { LocalizedText } from '../../policy/model.ts'
import type { ConsentText } from './types.ts'

export interface LanguageOptions {
  /** What the person reads, best first; wins over `acceptLanguage`. */
  readonly locale?: string | readonly string[] | undefined
  /** The request's `Accept-Language` (RFC 9110 §12.5.4); `null` where `Headers` have none. */
  readonly acceptLanguage?: string | null | undefined
  /** The language of texts that are written in one only, and the first fallback of the others. */
  readonly defaultLocale?: string | undefined
}

/** More is not a preference but an attempt to make us work. */
const MAX_LANGUAGES = 20
const MAX_HEADER_LENGTH = 2_000

/** Canonical tags, each once; malformed ones and `*` are ignored. */
export function wantedLanguages({ locale, acceptLanguage }: LanguageOptions): readonly string[] {
  const tags =
    locale === undefined ? accepted(acceptLanguage) : typeof locale === 'string' ? [locale] : locale
  const known = tags.slice(0, MAX_LANGUAGES).flatMap((tag) => canonicalLanguage(tag) ?? [])
  return [...new Set(known)]
}

function accepted(header: unknown): readonly string[] {
  if (typeof header !== 'string') return []
  return new Negotiator({ headers: { 'accept-language': header.slice(0, MAX_HEADER_LENGTH) } }).languages()
}

/** Undefined for what `Intl` cannot read. */
export function canonicalLanguage(tag: string): string | undefined {
  try {
    return Intl.getCanonicalLocales(tag)[0]
  } catch {
    return undefined
  }
}

/** Stands for "none of them" where a tag is expected: "no linguistic content". */
const NONE = 'zxx'

/** The tag of `available` that fits best, or undefined. */
export function bestLanguage(wanted: readonly string[], available: readonly string[]): string | undefined {
  const originals = new Map<string, string>()
  for (const tag of available) {
    const canonical = canonicalLanguage(tag)
    if (canonical !== undefined && !originals.has(canonical)) originals.set(canonical, tag)
  }
  if (wanted.length === 0 || originals.size === 0) return undefined
  return originals.get(match(wanted, [...originals.keys()], NONE, { algorithm: 'best fit' }))
}

const RIGHT_TO_LEFT = new Set([
  'Adlm',
  'Arab',
  'Aran',
  'Hebr',
  'Mand',
  'Mend',
  'Nkoo',
  'Rohg',
  'Samr',
  'Syrc',
  'Thaa',
  'Yezi',
])

/** By the script that the language is mostly written in, unless the tag names one. */
export function directionOf(lang: string): ConsentText['dir'] {
  const canonical = lang === '' ? undefined : canonicalLanguage(lang)
  if (canonical === undefined) return 'auto'
  return RIGHT_TO_LEFT.has(new Intl.Locale(canonical).maximize().script ?? '') ? 'rtl' : 'ltr'
}

/** Chooses for all texts of one screen. */
export class Languages {
  readonly wanted: readonly string[]
  readonly #fallback: string | undefined
  /** By the languages of a string: most texts of a document are written in the same ones. */
  readonly #chosen = new Map<string, string>()
  readonly #directions = new Map<string, ConsentText['dir']>()

  constructor(options: LanguageOptions) {
    this.wanted = wantedLanguages(options)
    this.#fallback =
      options.defaultLocale === undefined ? undefined : canonicalLanguage(options.defaultLocale)
  }

  text(localized: LocalizedText): ConsentText {
    if (typeof localized === 'string') return this.#in(this.#fallback ?? '', localized)
    const tags = Object.keys(localized)
    const key = tags.join()
    const tag = this.#chosen.get(key) ?? this.#choose(tags)
    this.#chosen.set(key, tag)
    return this.#in(tag, localized[tag] ?? '')
  }

  /** What is wanted, then the fallback, then English, then what comes first in the document. */
  #choose(tags: readonly string[]): string {
    return (
      bestLanguage(this.wanted, tags) ??
      bestLanguage(this.#fallback === undefined ? [] : [this.#fallback], tags) ??
      bestLanguage(['en'], tags) ??
      tags[0] ??
      ''
    )
  }

  #in(tag: string, text: string): ConsentText {
    const lang = canonicalLanguage(tag) ?? ''
    const dir = this.#directions.get(lang) ?? directionOf(lang)
    this.#directions.set(lang, dir)
    return { text, lang, dir }
  }
}
