/**
 * Builds the site into `.cache/site`: `npm run docs`. Plain files that work from a folder, without a server and without
 * network: relative links, one style sheet, one script, and the sections for search in a file of their own.
 *
 * A static generator would bring hundreds of packages and pages that need a server. What is needed of one is in this
 * folder: Markdown, a menu, anchors, search.
 */
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join, posix } from 'node:path'
import { fileURLToPath } from 'node:url'
import { rolldown } from 'rolldown'
import { apiPages } from './api.ts'
import { layout, type MenuSection } from './layout.ts'
import { type RenderedPage, renderMarkdown } from './markdown.ts'
import { SECTIONS } from './navigation.ts'
import type { SearchSection } from './search.ts'

const ROOT: string = fileURLToPath(new URL('../..', import.meta.url))

export interface Page {
  /** Address on the site, from its top. */
  readonly address: string
  /** Path of the source from the top of the repository, or the name of what the page is made from. */
  readonly source: string
  readonly markdown: string
  readonly rendered: RenderedPage
}

export interface Site {
  readonly pages: readonly Page[]
  readonly menu: readonly MenuSection[]
  readonly sections: readonly SearchSection[]
  /** Files of the repository that pages link to, and that are copied to `files/`. */
  readonly files: readonly string[]
  /** Links that lead nowhere, each with its page. */
  readonly broken: readonly string[]
}

interface Source {
  readonly address: string
  readonly source: string
  readonly markdown: string
}

export function readSite(): Site {
  const sources = [...SECTIONS, { title: 'More', pages: unlistedPages() }]
    .filter(({ pages }) => pages.length > 0)
    .map(({ title, pages }) => ({
      title,
      pages: pages.flatMap((name) => (name === 'api' ? apiSources() : [sourceOf(name)])),
    }))
  const all = sources.flatMap(({ pages }) => pages)
  const addresses = new Map(all.map(({ source, address }) => [source, address]))
  const files = new Set<string>()
  const broken: string[] = []
  const pages = all.map((page): Page => {
    const rewrite = (target: string): string => {
      if (/^(?:https?|mailto):/.test(target) || target.startsWith('#')) return target
      const [path = '', anchor] = target.split('#', 2)
      const file = posix.join(posix.dirname(page.source), path)
      const fragment = anchor === undefined ? '' : `#${anchor}`
      const address = addresses.get(file)
      if (address !== undefined) return relative(page.address, address) + fragment
      if (!existsSync(join(ROOT, file))) broken.push(`${page.source}: ${target}`)
      else if (statSync(join(ROOT, file)).isFile()) files.add(file)
      else return repositoryAddress(file)
      return relative(page.address, `files/${file}`)
    }
    return { ...page, rendered: renderMarkdown(page.markdown, rewrite) }
  })
  broken.push(...brokenAnchors(pages, addresses))
  let at = 0
  const menu = sources.map(({ title, pages: { length } }) => {
    const links = pages
      .slice(at, (at += length))
      .map(({ address, rendered }) => ({ address, title: rendered.title }))
    return { title, links }
  })
  const sections = pages.flatMap(({ address, rendered }) =>
    rendered.sections.map(({ heading, text }) => ({
      address: heading.depth === 1 ? address : `${address}#${heading.anchor}`,
      page: rendered.title,
      heading: heading.text,
      keywords: heading.depth === 1 ? rendered.keywords : '',
      text,
    })),
  )
  return { pages, menu, sections, files: [...files].sort(), broken }
}

function unlistedPages(): readonly string[] {
  const listed = new Set(SECTIONS.flatMap(({ pages }) => pages))
  return readdirSync(join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => name.slice(0, -3))
    .filter((name) => !listed.has(name))
    .sort()
}

function sourceOf(name: string): Source {
  const isOutside = name.startsWith('/')
  const source = isOutside ? `${name.slice(1)}.md` : `docs/${name}.md`
  const address = `${isOutside ? `project${name.toLowerCase()}` : name}.html`
  return { address, source, markdown: readFileSync(join(ROOT, source), 'utf8') }
}

function apiSources(): readonly Source[] {
  return apiPages(ROOT).map(({ entry, markdown }) => ({
    address: `reference/api/${entry}.html`,
    source: `docs/reference/api/${entry}.md`,
    markdown,
  }))
}

function brokenAnchors(pages: readonly Page[], addresses: ReadonlyMap<string, string>): readonly string[] {
  const anchors = new Map(
    pages.map(({ address, rendered }) => [address, new Set(rendered.headings.map(({ anchor }) => anchor))]),
  )
  return pages.flatMap((page) =>
    page.rendered.targets.flatMap((target) => {
      if (/^(?:https?|mailto):/.test(target) || !target.includes('#')) return []
      const [path = '', anchor = ''] = target.split('#', 2)
      const file = posix.join(posix.dirname(page.source), path)
      const address = path === '' ? page.address : addresses.get(file)
      return address === undefined || anchors.get(address)?.has(anchor) === true
        ? []
        : [`${page.source}: ${target}`]
    }),
  )
}

function relative(from: string, to: string): string {
  return posix.relative(posix.dirname(from), to)
}

function repositoryAddress(folder: string): string {
  const { repository } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
    repository: { url: string }
  }
  return `${repository.url.replace(/^git\+|\.git$/g, '')}/tree/HEAD/${folder}`
}

/** The whole site as text, for programs that read: https://llmstxt.org */
export function llmsText({ menu, pages }: Site): { readonly index: string; readonly full: string } {
  const [home] = pages
  const summary = home?.rendered.sections[0]?.text.trim().split('\n', 1)[0] ?? ''
  const lists = menu.map(({ title, links }) =>
    [`## ${title}`, '', ...links.map(({ address, title: name }) => `- [${name}](${address})`)].join('\n'),
  )
  return {
    index: `# scope-policy\n\n> ${summary}\n\n${lists.join('\n\n')}\n`,
    full: pages.map(({ source, markdown }) => `<!-- ${source} -->\n\n${markdown.trim()}\n`).join('\n'),
  }
}

export async function buildSite(folder: string): Promise<Site> {
  const site = readSite()
  if (site.broken.length > 0) throw new Error(`links that lead nowhere:\n${site.broken.join('\n')}`)
  rmSync(folder, { recursive: true, force: true })
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  const playground = join(ROOT, 'dist', 'playground.html')
  const hasPlayground = existsSync(playground)
  for (const page of site.pages) write(page.address, layout(page, site.menu, hasPlayground))
  write('style.css', readFileSync(join(ROOT, 'docs/site/style.css'), 'utf8'))
  write('site.js', await clientScript())
  write('search-data.js', `window.siteSections=${JSON.stringify(site.sections)}\n`)
  const { index, full } = llmsText(site)
  write('llms.txt', index)
  write('llms-full.txt', full)
  for (const file of site.files) {
    mkdirSync(dirname(join(folder, 'files', file)), { recursive: true })
    copyFileSync(join(ROOT, file), join(folder, 'files', file))
  }
  if (hasPlayground) copyFileSync(playground, join(folder, 'playground.html'))
  return site
}

async function clientScript(): Promise<string> {
  const bundle = await rolldown({
    input: join(ROOT, 'docs/site/client.ts'),
    platform: 'browser',
    onLog(level, log) {
      if (level !== 'debug' && level !== 'info') throw new Error(log.message)
    },
  })
  const { output } = await bundle.generate({ format: 'iife', minify: true })
  return output[0].code
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const folder = process.argv[2] ?? join(ROOT, '.cache', 'site')
  const { pages } = await buildSite(folder)
  process.stdout.write(`${pages.length} pages: ${join(folder, 'index.html')}\n`)
}
