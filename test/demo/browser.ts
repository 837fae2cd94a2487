/** A browser as far as login and consent need one: cookies, redirects, forms. */
import { parse } from 'parse5'
import type { DefaultTreeAdapterTypes } from 'parse5'

type Node = DefaultTreeAdapterTypes.Node
type Element = DefaultTreeAdapterTypes.Element

export interface Page {
  readonly url: string
  readonly status: number
  readonly headers: Headers
  readonly text: string
}

export interface Form {
  readonly action: string
  readonly method: string
  /** As a browser would send it: hidden fields and texts, no buttons, no boxes that are not ticked. */
  readonly fields: readonly (readonly [name: string, value: string])[]
  /** The values of the checkboxes, by name. */
  readonly boxes: readonly (readonly [name: string, value: string])[]
}

export class Browser {
  readonly #origin: string
  readonly #cookies = new Map<string, { readonly value: string; readonly path: string }>()

  /** Leaves `origin` never: a redirect elsewhere is the page it ends with. */
  constructor(origin: string) {
    this.#origin = origin
  }

  async open(url: string, form?: URLSearchParams): Promise<Page> {
    let target = new URL(url, this.#origin)
    let body = form
    for (let hops = 0; hops < 20; hops++) {
      if (target.origin !== this.#origin) {
        return { url: target.href, status: 0, headers: new Headers(), text: '' }
      }
      const answer = await fetch(target, {
        redirect: 'manual',
        headers: { cookie: this.#cookiesFor(target.pathname) },
        ...(body && { method: 'POST', body }),
      })
      this.#keep(answer.headers.getSetCookie())
      const text = await answer.text()
      const location = answer.headers.get('location')
      if (location === null) return { url: target.href, status: answer.status, headers: answer.headers, text }
      target = new URL(location, target)
      body = undefined
    }
    throw new Error(`too many redirects: ${target.href}`)
  }

  /** Sends the only form of the page with other fields set. */
  submit(page: Page, more: readonly (readonly [string, string])[]): Promise<Page> {
    const { action, fields } = formOf(page)
    const names = new Set(more.map(([name]) => name))
    const kept = fields.filter(([name]) => !names.has(name))
    return this.open(new URL(action, page.url).href, formData([...kept, ...more]))
  }

  #cookiesFor(path: string): string {
    return [...this.#cookies]
      .filter(([, cookie]) => path.startsWith(cookie.path))
      .map(([name, { value }]) => `${name.split(' ')[0] ?? ''}=${value}`)
      .join('; ')
  }

  #keep(lines: readonly string[]): void {
    for (const line of lines) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      const path = /; *path=([^;]*)/i.exec(line)?.[1] ?? '/'
      this.#cookies.delete(`${name} ${path}`)
      if (value !== '') this.#cookies.set(`${name} ${path}`, { value, path })
    }
  }
}

export function formData(pairs: readonly (readonly [name: string, value: string])[]): URLSearchParams {
  const data = new URLSearchParams()
  for (const [name, value] of pairs) data.append(name, value)
  return data
}

export function formOf({ text }: Pick<Page, 'text'>): Form {
  const [form, ...others] = elements(parse(text), 'form')
  if (form === undefined || others.length > 0) throw new Error(`not one form in: ${text}`)
  const inputs = elements(form, 'input').map((input) => ({
    type: attribute(input, 'type') ?? 'text',
    pair: [attribute(input, 'name') ?? '', attribute(input, 'value') ?? 'on'] as const,
    checked: attribute(input, 'checked') !== undefined,
  }))
  return {
    action: attribute(form, 'action') ?? '',
    method: attribute(form, 'method') ?? 'get',
    fields: inputs.filter(({ type, checked }) => type !== 'checkbox' || checked).map(({ pair }) => pair),
    boxes: inputs.filter(({ type }) => type === 'checkbox').map(({ pair }) => pair),
  }
}

/** What a person reads, in one line. */
export function textOf({ text }: Pick<Page, 'text'>): string {
  return content(parse(text)).replace(/\s+/g, ' ')
}

function content(node: Node): string {
  if ('value' in node) return node.value
  if (!('childNodes' in node) || node.nodeName === 'style' || node.nodeName === 'script') return ''
  return node.childNodes.map(content).join(' ')
}

function elements(node: Node, name: string): Element[] {
  const children = 'childNodes' in node ? node.childNodes : []
  const own = 'tagName' in node && node.tagName === name ? [node] : []
  return [...own, ...children.flatMap((child) => elements(child, name))]
}

function attribute(element: Element, name: string): string | undefined {
  return element.attrs.find((one) => one.name === name)?.value
}
