/** The languages that the page speaks by itself, and the choice among them and those of the caller. */
import { ownCopy } from '../own.ts'
import { bestLanguage, directionOf } from '../view/language.ts'
import type { ConsentText, ConsentView } from '../view/types.ts'
import { ar } from './ar.ts'
import { cs } from './cs.ts'
import { de } from './de.ts'
import { en } from './en.ts'
import { es } from './es.ts'
import { fr } from './fr.ts'
import { he } from './he.ts'
import { hi } from './hi.ts'
import { id } from './id.ts'
import { it } from './it.ts'
import { ja } from './ja.ts'
import { ko } from './ko.ts'
import type { PageLanguage } from '../../language/page-languages.ts'
import { nl } from './nl.ts'
import { pl } from './pl.ts'
import { pt } from './pt.ts'
import { ru } from './ru.ts'
import type { ConsentStrings } from './strings.ts'
import { sv } from './sv.ts'
import { tr } from './tr.ts'
import { uk } from './uk.ts'
import { vi } from './vi.ts'
import { zhHans } from './zh-hans.ts'
import { zhHant } from './zh-hant.ts'

/** By language tag: more languages, or single strings that replace ours. */
export type OwnStrings = Readonly<Record<string, Partial<ConsentStrings>>>

/** The compiler compares it with the list of languages. */
const STRINGS: Readonly<Record<PageLanguage, ConsentStrings>> = {
  ...{ en, de, fr, es, pt, it, nl, sv, pl, cs, ru, uk, tr, id, vi },
  ...{ ar, he, hi, ja, ko, 'zh-Hans': zhHans, 'zh-Hant': zhHant },
}
const BUILT_IN: ReadonlyMap<string, ConsentStrings> = new Map(Object.entries(STRINGS))

export interface Frame {
  readonly lang: string
  readonly strings: ConsentStrings
}

/** The first wanted language that there is, or English. Strings that are missing in it are those of the nearest of ours. */
export function frameFor(wanted: readonly string[], own: OwnStrings = {}): Frame {
  const lang = bestLanguage(wanted, [...Object.keys(own), ...BUILT_IN.keys()]) ?? 'en'
  const ours = BUILT_IN.get(lang) ?? BUILT_IN.get(bestLanguage([lang], [...BUILT_IN.keys()]) ?? '') ?? en
  const given = Object.hasOwn(own, lang) ? own[lang] : undefined
  const replaced = Object.entries(given ?? {}).filter(([, string]) => (string as unknown) !== undefined)
  return { lang, strings: { ...ours, ...Object.fromEntries(replaced) } }
}

/** All strings of the frame, with their language and its direction. */
export interface ConsentFrame extends ConsentStrings {
  /** BCP 47 tag. */
  readonly lang: string
  readonly dir: ConsentText['dir']
}

/**
 * The strings of the page, for templates of your own: in the language that `renderConsent` would choose for this
 * view, or for a language tag or a list of them, best first. `own` is as the `strings` option of the page.
 */
export function consentStrings(
  view: Pick<ConsentView, 'languages'> | string | readonly string[],
  own: OwnStrings = {},
): ConsentFrame {
  const wanted =
    typeof view === 'string' ? [view] : Array.isArray(view) ? (view as readonly string[]) : languagesOf(view)
  const { lang, strings } = frameFor(wanted, ownCopy(own))
  return { ...strings, lang, dir: directionOf(lang) }
}

function languagesOf(view: unknown): readonly string[] {
  return ownCopy(view as Pick<ConsentView, 'languages'>).languages
}
