/**
 * For testing only. Whether a scope grants a path as some server has read it: the glob alone, with the options
 * of the policy, but nothing refused and no second thought about slashes at the end. For `wildcard: any`.
 */
import { canonical } from '../reference/characters.ts'
import type { AllOptions } from '../reference/document.ts'
import { fold } from './steps.ts'
import type { Spellings } from './spelling.ts'

/** Whether a scope grants what is left of a path, in the spelling of the server that read it. */
export type Judge = (scope: number, tested: string, spelling: number) => boolean

export function judgeOf(spellings: Spellings, options: AllOptions): Judge {
  const compiled = new Map<number, readonly (readonly RegExp[])[]>()
  const expressions = (spelling: number): readonly (readonly RegExp[])[] => {
    const known = compiled.get(spelling)
    if (known !== undefined) return known
    const fresh = spellings
      .literalsOf(spelling)
      .map((patterns) =>
        patterns.map((runs) =>
          globOf(
            runs.map((run) => asCharacters(options.caseSensitive ? canonical(run) : fold(canonical(run)))),
          ),
        ),
      )
    compiled.set(spelling, fresh)
    return fresh
  }
  return (scope, tested, spelling) => (expressions(spelling)[scope] ?? []).some((glob) => glob.test(tested))
}

/** What is left of a path without base path, slash and extensions; undefined outside the base path. */
export function testerOf(options: AllOptions): (path: string) => string | undefined {
  const base = canonical(options.basePath).replace(/^\/|\/$/g, '')
  const suffixes = options.extensions.map((extension) => `.${extension}`)
  return (path) => {
    let tested = path.startsWith('/') ? path.slice(1) : path
    if (base !== '') {
      if (tested !== base && !tested.startsWith(`${base}/`)) return undefined
      tested = tested.slice(base.length + 1)
    }
    if (options.trailingSlash === 'ignore' && tested.endsWith('/')) tested = tested.slice(0, -1)
    for (;;) {
      const suffix = suffixes.find((one) => tested.endsWith(one))
      if (suffix === undefined) return options.caseSensitive ? tested : fold(tested)
      tested = tested.slice(0, -suffix.length)
    }
  }
}

/** Any run of characters between the literal texts. */
export function globOf(runs: readonly string[]): RegExp {
  return new RegExp(`^${runs.map((run) => run.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')).join('.*')}$`, 's')
}

/** An escape is one character, so that no star stops in the middle of it. */
export function asCharacters(text: string): string {
  return text.replace(/%[0-9A-Fa-f]{2}/g, (escape) =>
    String.fromCharCode(0xe000 + Number.parseInt(escape.slice(1), 16)),
  )
}
