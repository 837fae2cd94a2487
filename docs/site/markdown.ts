/**
 * Markdown as GitHub shows it, to HTML, to the headings of a page, and to the sections that search looks through.
 * Anchors are those of GitHub, so that one link works in the repository and on the site.
 */
import { createRequire } from 'node:module'
import { Marked, type Token, type Tokens } from 'marked'

/** Its own types bring those of browsers into every file of the project. */
const hljs = createRequire(import.meta.url)('highlight.js/lib/common') as {
  getLanguage(name: string): unknown
  highlight(text: string, options: { readonly language: string }): { readonly value: string }
}

export interface Heading {
  readonly depth: number
  readonly text: string
  readonly anchor: string
}

export interface RenderedPage {
  readonly title: string
  readonly html: string
  readonly headings: readonly Heading[]
  /** The text of each heading, without that of the headings below it. */
  readonly sections: readonly { readonly heading: Heading; readonly text: string }[]
  /** Words of the comment `<!-- keywords: … -->`, for search only. */
  readonly keywords: string
  /** Targets of links and images, as written. */
  readonly targets: readonly string[]
}

const LANGUAGES: Readonly<Record<string, string>> = {
  console: 'shell',
  sh: 'bash',
  toml: 'ini',
  jsonc: 'json',
}
const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"]/g, (character) => ENTITIES[character] ?? character)
}

/** `rewrite` gives the address of a link target on the site. */
export function renderMarkdown(source: string, rewrite: (target: string) => string): RenderedPage {
  const headings: Heading[] = []
  const targets: string[] = []
  const used = new Map<string, number>()
  const anchorOf = (text: string): string => {
    const slug = text
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\p{M}\p{Pc} -]/gu, '')
      .replaceAll(' ', '-')
    const count = used.get(slug) ?? 0
    used.set(slug, count + 1)
    return count === 0 ? slug : `${slug}-${count}`
  }
  const link = (target: string): string => {
    targets.push(target)
    return escapeHtml(rewrite(target))
  }
  const marked = new Marked()
  const tokens = marked.lexer(source)
  marked.use({
    renderer: {
      heading({ depth, tokens: inner }) {
        const text = plainText(inner)
        const anchor = anchorOf(text)
        headings.push({ depth, text, anchor })
        const permalink = `<a class="anchor" href="#${anchor}" aria-label="Link to “${escapeHtml(text)}”">#</a>`
        const content = this.parser.parseInline(inner)
        return `<h${depth} id="${anchor}">${content}${depth === 1 ? '' : ` ${permalink}`}</h${depth}>\n`
      },
      link({ href, tokens: inner }) {
        return `<a href="${link(href)}">${this.parser.parseInline(inner)}</a>`
      },
      image({ href, text }) {
        return `<img src="${link(href)}" alt="${escapeHtml(text)}" loading="lazy">`
      },
      code({ text, lang = '' }) {
        const [name = '', ...info] = lang.split(' ')
        const file = /file=(\S+)/.exec(info.join(' '))?.[1]
        const label = file ?? (info.includes('output') ? 'output' : name)
        const caption = file === undefined ? '' : `<figcaption>${escapeHtml(file)}</figcaption>`
        return `<figure class="code">${caption}<pre role="group" tabindex="0" aria-label="${escapeHtml(label)}"><code>${highlight(text, name)}</code></pre></figure>\n`
      },
      table(token: Tokens.Table) {
        const cells = (row: readonly Tokens.TableCell[], tag: string): string =>
          row.map((cell) => `<${tag}>${this.parser.parseInline(cell.tokens)}</${tag}>`).join('')
        // A first column without a name holds what the row is about.
        const head = token.header.some(({ text }) => text !== '')
          ? `<thead><tr>${cells(token.header, 'td').replaceAll(/<td>(.+?)<\/td>/g, '<th>$1</th>')}</tr></thead>`
          : ''
        const body = token.rows.map((row) => `<tr>${cells(row, 'td')}</tr>`).join('\n')
        return `<div class="table" role="group" tabindex="0" aria-label="Table"><table>${head}<tbody>${body}</tbody></table></div>\n`
      },
    },
  })
  const html = marked.parser(tokens)
  return {
    title: headings[0]?.text ?? '',
    html,
    headings,
    sections: sectionsOf(tokens, headings),
    keywords: /^<!-- keywords: (.*?) -->$/m.exec(source)?.[1] ?? '',
    targets,
  }
}

function highlight(text: string, name: string): string {
  const language = LANGUAGES[name] ?? name
  return hljs.getLanguage(language) === undefined
    ? escapeHtml(text)
    : hljs.highlight(text, { language }).value
}

function sectionsOf(tokens: readonly Token[], headings: readonly Heading[]): RenderedPage['sections'] {
  const sections: { heading: Heading; text: string }[] = []
  for (const token of tokens) {
    const heading = headings[sections.length]
    if (token.type === 'heading' && heading !== undefined) sections.push({ heading, text: '' })
    else {
      const section = sections.at(-1)
      if (section !== undefined) section.text += `${plainText([token])}\n`
    }
  }
  return sections
}

/** The text that a person reads, without markup. */
export function plainText(tokens: readonly Token[]): string {
  return tokens
    .map((token) => {
      if (token.type === 'html' || token.type === 'space') return ''
      if (token.type === 'table') {
        const { header, rows } = token as Tokens.Table
        return [header, ...rows].map((row) => row.map((cell) => plainText(cell.tokens)).join(' ')).join('\n')
      }
      if (token.type === 'list')
        return (token as Tokens.List).items.map((item) => plainText(item.tokens)).join('\n')
      const { tokens: inner } = token as { readonly tokens?: readonly Token[] }
      if (inner !== undefined) return plainText(inner)
      return 'text' in token ? (token as { readonly text: string }).text : ''
    })
    .join('')
    .replace(/&(amp|lt|gt|quot|#39);/g, (entity) => UNESCAPED[entity] ?? entity)
}

const UNESCAPED: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
}
