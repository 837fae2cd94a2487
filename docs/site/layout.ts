/** The frame of every page: header with search, menu, the page, what is on it, and the way to the next. */
import { posix } from 'node:path'
import type { Page } from './build.ts'
import { escapeHtml } from './markdown.ts'

export interface MenuSection {
  readonly title: string
  readonly links: readonly { readonly address: string; readonly title: string }[]
}

/** Runs before anything is drawn, so that a chosen theme does not flash. */
const THEME = `try{document.documentElement.dataset.theme=localStorage.getItem('theme')||'auto'}catch{}`

export function layout(page: Page, menu: readonly MenuSection[], hasPlayground: boolean): string {
  const { address, rendered } = page
  const to = (target: string): string => posix.relative(posix.dirname(address), target)
  const root = to('').replace(/(.)$/, '$1/')
  const link = (target: string, title: string): string =>
    `<a href="${to(target)}"${target === address ? ' aria-current="page"' : ''}>${escapeHtml(title)}</a>`
  const sections = menu.map(
    ({ title, links }) =>
      `<h2>${title}</h2>\n<ul>${links.map((one) => `<li>${link(one.address, one.title)}</li>`).join('\n')}</ul>`,
  )
  const all = menu.flatMap(({ links }) => links)
  const at = all.findIndex((one) => one.address === address)
  const [before, after] = [all[at - 1], all[at + 1]]
  const contents = rendered.headings.filter(({ depth }) => depth === 2 || depth === 3)
  const outline = contents
    .filter(({ depth }) => contents.length <= 40 || depth === 2)
    .map(
      ({ depth, text, anchor }) => `<li class="d${depth}"><a href="#${anchor}">${escapeHtml(text)}</a></li>`,
    )
  const title = address === 'index.html' ? 'scope-policy' : `${rendered.title} · scope-policy`
  return `<!doctype html>
<html lang="en" data-root="${root}" data-theme="auto">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escapeHtml(title)}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="${root}style.css">
<script>${THEME}</script>
</head>
<body>
<a class="skip" href="#content">Skip to the page</a>
<header>
<button type="button" id="menu" aria-expanded="false" aria-controls="pages">Menu</button>
<a class="name" href="${to('index.html')}">scope-policy</a>
<div class="search" role="search">
<label class="hidden" for="search">Search the documentation</label>
<input id="search" type="search" placeholder="Search  /" autocomplete="off" spellcheck="false">
<p class="hidden" id="found" role="status"></p>
<ul id="results" aria-label="Pages found" hidden></ul>
</div>
${hasPlayground ? `<a class="playground" href="${to('playground.html')}">Playground</a>` : ''}
<label class="hidden" for="theme">Colors</label>
<select id="theme"><option value="auto">Auto</option><option value="light">Light</option><option value="dark">Dark</option></select>
</header>
<div class="columns">
<nav class="pages" id="pages" aria-label="Pages">
${sections.join('\n')}
</nav>
<main id="content" tabindex="-1">
${rendered.html}
<nav class="order" aria-label="Next and previous page">
${before === undefined ? '<span></span>' : `<a href="${to(before.address)}" rel="prev">← ${escapeHtml(before.title)}</a>`}
${after === undefined ? '<span></span>' : `<a href="${to(after.address)}" rel="next">${escapeHtml(after.title)} →</a>`}
</nav>
</main>
<aside aria-label="On this page">
${outline.length < 2 ? '' : `<h2>On this page</h2>\n<ul>${outline.join('\n')}</ul>`}
</aside>
</div>
<script src="${root}site.js"></script>
</body>
</html>
`
}
