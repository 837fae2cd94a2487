/** What the pages do in the browser: search, the choice of light or dark, and the menu on small screens. */
import { type SearchSection, SiteSearch } from './search.ts'

declare global {
  interface Window {
    /** Set by `search-data.js`, which is loaded when somebody searches. */
    siteSections?: readonly SearchSection[]
  }
}

const root = document.documentElement.dataset['root'] ?? ''
const input = document.querySelector<HTMLInputElement>('#search')
const list = document.querySelector<HTMLUListElement>('#results')
const status = document.querySelector<HTMLElement>('#found')
let search: Promise<SiteSearch> | undefined

function load(): Promise<SiteSearch> {
  search ??= new Promise((resolve, reject) => {
    // A script and no `fetch`: pages that are opened from a folder may not fetch.
    const script = document.createElement('script')
    script.src = `${root}search-data.js`
    script.addEventListener('load', () => {
      resolve(new SiteSearch(window.siteSections ?? []))
    })
    script.addEventListener('error', () => {
      reject(new Error('search-data.js could not be loaded'))
    })
    document.head.append(script)
  })
  return search
}

async function showResults(): Promise<void> {
  if (input === null || list === null || status === null) return
  const question = input.value.trim()
  const found = question === '' ? [] : (await load()).find(question)
  list.replaceChildren(
    ...found.map(({ address, page, heading }) => {
      const item = document.createElement('li')
      const link = document.createElement('a')
      link.href = root + address
      link.append(page)
      if (heading !== page) {
        const small = document.createElement('small')
        small.textContent = heading
        link.append(small)
      }
      item.append(link)
      return item
    }),
  )
  list.hidden = found.length === 0
  status.textContent =
    question === '' ? '' : found.length === 0 ? 'Nothing found' : `${found.length} pages found`
}

function hideResults(): void {
  if (list !== null) list.hidden = true
}

/** Arrows move between the box and its results; Escape closes them. */
function moveInResults(event: KeyboardEvent): void {
  const links = [...(list?.querySelectorAll('a') ?? [])]
  const at = links.findIndex((link) => link === document.activeElement)
  if (event.key === 'Escape') {
    hideResults()
    input?.focus()
  } else if (event.key === 'ArrowDown') {
    event.preventDefault()
    links[Math.min(at + 1, links.length - 1)]?.focus()
  } else if (event.key === 'ArrowUp') {
    event.preventDefault()
    if (at > 0) links[at - 1]?.focus()
    else input?.focus()
  } else if (event.key === 'Enter' && document.activeElement === input) links[0]?.click()
}

input?.addEventListener('focus', () => void load())
input?.addEventListener('input', () => void showResults())
document.querySelector('.search')?.addEventListener('keydown', (event) => {
  moveInResults(event as KeyboardEvent)
})
document.addEventListener('click', ({ target }) => {
  if (target instanceof Node && document.querySelector('.search')?.contains(target) !== true) hideResults()
})
document.addEventListener('keydown', (event) => {
  const isTyping = document.activeElement?.matches('input, textarea') === true
  if (event.key === '/' && !isTyping) {
    event.preventDefault()
    input?.focus()
  }
})

const theme = document.querySelector<HTMLSelectElement>('#theme')
if (theme !== null) {
  theme.value = document.documentElement.dataset['theme'] ?? 'auto'
  theme.addEventListener('change', () => {
    document.documentElement.dataset['theme'] = theme.value
    try {
      localStorage.setItem('theme', theme.value)
    } catch {
      // Storage is refused: the choice lasts for this page.
    }
  })
}

const menu = document.querySelector<HTMLButtonElement>('#menu')
menu?.addEventListener('click', () => {
  const isOpen = document.body.classList.toggle('menu-open')
  menu.setAttribute('aria-expanded', String(isOpen))
})
// Not `scrollIntoView`, which scrolls the page as well.
const pages = document.querySelector<HTMLElement>('nav.pages')
const current = pages?.querySelector<HTMLElement>('[aria-current]')
if (pages && current) pages.scrollTop = Math.max(0, current.offsetTop - pages.clientHeight / 2)
