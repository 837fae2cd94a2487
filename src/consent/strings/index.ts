/** The languages that the page speaks by itself, and the choice among them and those of the caller. */
import { bestLanguage } from '../view/language.ts'
import { ar } from './ar.ts'
import { de } from './de.ts'
import { en } from './en.ts'
import { es } from './es.ts'
import { fr } from './fr.ts'
import { ja } from './ja.ts'
import { pt } from './pt.ts'
import type { ConsentStrings } from './strings.ts'

/** By language tag: languages of one's own, or single texts that replace ours. */
export type OwnStrings = Readonly<Record<string, Partial<ConsentStrings>>>

const BUILT_IN: ReadonlyMap<string, ConsentStrings> = new Map(Object.entries({ en, de, fr, es, pt, ja, ar }))

export interface Frame {
  readonly lang: string
  readonly strings: ConsentStrings
}

/** The first wanted language that there is, or English. Texts that are missing in it are those of the nearest of ours. */
export function frameFor(wanted: readonly string[], own: OwnStrings = {}): Frame {
  const lang = bestLanguage(wanted, [...Object.keys(own), ...BUILT_IN.keys()]) ?? 'en'
  const ours = BUILT_IN.get(lang) ?? BUILT_IN.get(bestLanguage([lang], [...BUILT_IN.keys()]) ?? '') ?? en
  return { lang, strings: { ...ours, ...(Object.hasOwn(own, lang) ? own[lang] : undefined) } }
}
