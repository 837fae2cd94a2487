/**
 * References (RFC 6901 §6): `#/components/pathItems/User` within a file, `paths/user.yaml#/get` to another file.
 *
 * Other files come from a function that the caller passes, which gets paths relative to the folder of the
 * document and decides what may be read. URLs, absolute paths and paths that leave the folder never reach it.
 * Whatever is not followed is reported, and its target counts as not understood.
 *
 * Cost: each file is parsed once; chains and the number of files are bounded.
 */
import { formatNumber, quote } from '../../diagnostic/words.ts'
import { OpenApiError } from '../error.ts'
import type { Report } from '../model.ts'
import { parseData, type OpenApiSource } from './parse.ts'
import { isPlainObject, own, type PlainObject } from './plain-object.ts'

/**
 * Reads another file of the document. `path` is relative to the folder of the document, with `/`, without `.`
 * and `..`; undefined refuses it.
 */
export type ResolveFile = (path: string) => OpenApiSource | undefined

/** The name of the document itself among its files. */
export const ROOT_FILE = ''

/** References that lead to references; more is a cycle or not a document for people. */
const MAX_CHAIN = 32
const MAX_POINTER_LENGTH = 4096
const MAX_FILES = 10_000

export interface Located {
  readonly object: PlainObject
  /** The file in which its references are read. */
  readonly file: string
}

export interface Chain {
  /** The value, then what it refers to, and so on. The members of all of them count, those of the first first. */
  readonly links: readonly Located[]
  /** Whether the last one is not a reference. If not, what is missing has been reported. */
  readonly complete: boolean
}

export class References {
  readonly #report: Report
  readonly #resolve: ResolveFile | undefined
  readonly #files = new Map<string, unknown>()
  readonly #reported = new Set<string>()

  constructor(root: unknown, report: Report, resolve?: ResolveFile) {
    this.#report = report
    this.#resolve = resolve
    this.#files.set(ROOT_FILE, root)
  }

  /** What a value of `file` is or refers to. `pointer` is where the document comes by it, for reports. */
  follow(value: unknown, file: string, pointer: string): Chain {
    const links: Located[] = []
    let at = value
    let where = file
    while (isPlainObject(at)) {
      const object = at
      if (links.some((link) => link.object === object) || links.length >= MAX_CHAIN) {
        this.#lost('the reference is part of a cycle', where, pointer)
        return { links, complete: false }
      }
      links.push({ object, file: where })
      const reference = own(object, '$ref')
      if (reference === undefined) return { links, complete: true }
      if (typeof reference !== 'string') {
        this.#lost('the reference is not a string', where, pointer)
        return { links, complete: false }
      }
      const hash = reference.indexOf('#')
      const name = hash < 0 ? reference : reference.slice(0, hash)
      if (name !== '') {
        const next = this.#otherFile(name, reference, where, pointer)
        if (next === undefined) return { links, complete: false }
        where = next
      }
      at = resolvePointer(this.#files.get(where), hash < 0 ? '' : reference.slice(hash + 1))
      if (!isPlainObject(at)) {
        this.#lost(`the reference ${quote(reference)} does not lead to an object`, where, pointer)
        return { links, complete: false }
      }
    }
    return { links, complete: false }
  }

  /** Undefined where it is not followed, which has been reported. */
  #otherFile(name: string, reference: string, from: string, pointer: string): string | undefined {
    const path = fileBelow(name, from)
    const why =
      path === null
        ? 'is a URL, an absolute path or leads out of the folder of the document, and is not followed'
        : this.#load(path)
    if (path !== null && why === undefined) return path
    this.#once(`${from} ${reference}`, {
      code: 'external-reference',
      message: `the reference ${quote(reference)} ${why ?? ''}`,
      help: 'bundle the document into one file first',
      pointer,
    })
    return undefined
  }

  /** Why a file is not there to be referred to. */
  #load(path: string): string | undefined {
    if (this.#files.has(path)) return undefined
    if (this.#resolve === undefined) return 'leads to another file and is not followed'
    if (this.#files.size >= MAX_FILES) {
      return `leads to one of more than ${formatNumber(MAX_FILES)} files and is not followed`
    }
    const source = this.#resolve(path)
    if (source === undefined) return 'leads to a file that cannot be read'
    try {
      this.#files.set(path, parseData(source))
      return undefined
    } catch (error) {
      if (!(error instanceof OpenApiError)) throw error
      const { position, reason } = error
      const place = position === undefined ? '' : ` at ${position.line}:${position.column}`
      return `leads to a file that cannot be used${place}: ${reason}`
    }
  }

  #lost(message: string, file: string, pointer: string): void {
    this.#once(`${file} ${pointer} ${message}`, { code: 'unresolved-reference', message, pointer })
  }

  /** Whoever refers to it again, it is missing once. */
  #once(key: string, note: Parameters<Report>[0]): void {
    if (this.#reported.has(key)) return
    this.#reported.add(key)
    this.#report(note)
  }
}

function resolvePointer(root: unknown, fragment: string): unknown {
  if (fragment === '') return root
  const pointer = percentDecoded(fragment)
  // What does not begin with a slash is an anchor (`#user`), which takes a reader of schemas to find.
  if (pointer === null || !pointer.startsWith('/') || pointer.length > MAX_POINTER_LENGTH) return undefined
  let at = root
  for (const part of pointer.slice(1).split('/')) {
    at = own(at, part.replaceAll('~1', '/').replaceAll('~0', '~'))
  }
  return at
}

/**
 * The path of a file relative to the folder of the document; null for a URL, an absolute path, or one that leads
 * out of the folder.
 */
function fileBelow(reference: string, from: string): string | null {
  const name = percentDecoded(reference)
  // A query belongs to URLs, a backslash is a separator on some systems, and `c:` is a drive or a scheme.
  if (name === null || /^[/]|^[a-z][a-z0-9+.-]*:|[\\?\u0000-\u001f]/i.test(name)) return null
  const path = from.split('/').slice(0, -1)
  for (const segment of name.split('/')) {
    if (segment === '..') {
      if (path.pop() === undefined) return null
    } else if (segment !== '.' && segment !== '') path.push(segment)
  }
  return path.length === 0 ? null : path.join('/')
}

function percentDecoded(text: string): string | null {
  try {
    return decodeURIComponent(text)
  } catch {
    return null
  }
}

/** A JSON Pointer with more steps. */
export function appendPointer(pointer: string, ...keys: readonly (string | number)[]): string {
  const steps = keys.map((key) => `/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`)
  return `${pointer}${steps.join('')}`
}
