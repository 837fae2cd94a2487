/**
 * The search of the site: one index in the page, over every section. The same code runs in the browser and in the
 * test that asks questions.
 *
 * Questions are typed as sentences, so words without content are dropped and any other word may match. A page is found
 * by its best section: three results are three pages.
 */
import MiniSearch from 'minisearch'

export interface SearchSection {
  readonly address: string
  readonly page: string
  readonly heading: string
  readonly keywords: string
  readonly text: string
}

export interface SearchResult {
  readonly address: string
  readonly page: string
  readonly heading: string
}

const STOP_WORDS = new Set(
  'a an and are as at be by can do does for from get have how i if in is it its me my not of on or our should that the their there they this to use using want was we what when where which who why will with without you your'.split(
    ' ',
  ),
)

/** Plural and singular, `testing` and `test` are one word. */
function stem(term: string): string | null {
  const word = term.toLowerCase()
  if (STOP_WORDS.has(word)) return null
  if (word.length < 5) return word.length === 4 ? word.replace(/([^s])s$/, '$1') : word
  return word.replace(/(?:ing|ed|es|s|e)$/, '')
}

/** Lists of everything match every word; pages about a task come before them. */
function weightOf(address: string): number {
  if (address.startsWith('reference/api/') || address.startsWith('project/')) return 0.4
  return /^reference\/(?:cli|rules|codes)\./.test(address) ? 0.6 : 1
}

export class SiteSearch {
  readonly #index: MiniSearch<SearchSection>

  constructor(sections: readonly SearchSection[]) {
    this.#index = new MiniSearch<SearchSection>({
      idField: 'address',
      fields: ['page', 'heading', 'keywords', 'text'],
      storeFields: ['page', 'heading'],
      processTerm: stem,
    })
    this.#index.addAll(sections)
  }

  /** The best section of each page, best page first. */
  find(question: string, limit = 8): readonly SearchResult[] {
    const pages = new Map<string, SearchResult>()
    const found = this.#index.search(question, {
      boost: { page: 3, heading: 3, keywords: 4 },
      prefix: (term) => term.length > 2,
      fuzzy: (term) => (term.length > 4 ? 0.15 : false),
      weights: { prefix: 0.4, fuzzy: 0.2 },
      boostDocument: (address) => weightOf(String(address)),
    })
    for (const { id, page, heading } of found) {
      if (pages.size === limit) break
      if (!pages.has(String(page)))
        pages.set(String(page), { address: String(id), page: String(page), heading: String(heading) })
    }
    return [...pages.values()]
  }
}
