/**
 * Faults planted in the implementations, to see that the comparison finds them. Each is a mistake that
 * somebody could make: in one way of asking, in one form of the policy, or in what is said about it.
 */
import type { Policy } from '../../src/index.ts'
import type { Subject } from './subject.ts'

type Authorize = Policy['authorize']
type Plant = (subject: Subject) => Partial<Subject>

export const MUTANTS: Readonly<Record<string, Plant>> = {
  'ignores the last character of a path': deciding(
    (ask) => (scopes, method, path) => ask(scopes, method, path.slice(0, -1)),
  ),
  'takes %2e for data': deciding(
    (ask) => (scopes, method, path) => ask(scopes, method, path.replace(/%2e/gi, 'x')),
  ),
  'decodes %25 once more': deciding(
    (ask) => (scopes, method, path) => ask(scopes, method, path.replace('%25', '%')),
  ),
  'takes a backslash for a slash': deciding(
    (ask) => (scopes, method, path) => ask(scopes, method, path.replace('\\', '/')),
  ),
  'merges slashes': deciding((ask) => (scopes, method, path) => ask(scopes, method, path.replace('//', '/'))),
  'keeps the query': deciding(
    (ask) => (scopes, method, path) => !path.includes('?') && ask(scopes, method, path),
  ),
  'wants a leading slash': deciding(
    (ask) => (scopes, method, path) => path.startsWith('/') && ask(scopes, method, path),
  ),
  'forgets HEAD': deciding((ask) => (scopes, method, path) => method !== 'HEAD' && ask(scopes, method, path)),
  'takes methods in any case': deciding(
    (ask) => (scopes, method, path) => ask(scopes, method.toUpperCase(), path),
  ),
  'looks at one scope only': deciding(
    (ask) => (scopes, method, path) =>
      ask(typeof scopes === 'string' ? scopes : [...scopes].slice(0, 1), method, path),
  ),
  'refuses sets': deciding(
    (ask) =>
      (scopes, ...rest) =>
        !(scopes instanceof Set) && ask(scopes, ...rest),
  ),
  'compares tools in any case': deciding(
    (ask) => (scopes, method, name) =>
      ask(scopes, method, method === 'tools/call' ? name.toLowerCase() : name),
  ),
  'takes a prompt for a tool': deciding(
    (ask) => (scopes, method, name) => ask(scopes, method.replace('prompts/get', 'tools/call'), name),
  ),
  'knows no aliases': deciding(
    (ask) =>
      (scopes, ...rest) =>
        ask(
          (typeof scopes === 'string' ? scopes.split(' ') : [...scopes]).filter(
            (one) => !one.startsWith('alias:'),
          ),
          ...rest,
        ),
  ),
  'forgets the baseline': deciding(
    (ask) =>
      (scopes, ...rest) =>
        (typeof scopes === 'string' ? scopes !== '' : [...scopes].length > 0) && ask(scopes, ...rest),
  ),
  'throws on what is not ASCII': deciding((ask) => (scopes, method, path) => {
    if (/[^\0-\x7f]/.test(path)) throw new RangeError('not ASCII')
    return ask(scopes, method, path)
  }),

  'reads every star as one segment': loadingWith({ wildcard: 'segment' }),
  'lets stars cross segments': loadingWith({ wildcard: 'any' }),
  'folds case always': loadingWith({ caseSensitive: false }),
  'never folds case': loadingWith({ caseSensitive: true }),
  'drops every slash at the end': loadingWith({ trailingSlash: 'ignore' }),
  'trims no extensions': loadingWith({ extensions: [] }),
  'takes off no base path': loadingWith({ basePath: '' }),
  'grants HEAD with GET always': loadingWith({ head: 'as-get' }),
  'takes encoded slashes for data always': loadingWith({ encodedSlash: 'data' }),
  'takes delimiters for data always': loadingWith({ delimiters: 'data' }),
  'accepts one character too few': loadingWith({ limits: { pathLength: 8191 } }),

  'grants with a grant what authorize denies': changing(() => ({
    grant: () => ({ authorize: () => true, scopes: [] }),
  })),
  'names one scope of a combination': changing(({ setsFor }) => ({
    setsFor: (...of) => setsFor(...of).map((set) => set.slice(0, 1)),
  })),
  'explains nothing': changing(({ explain }) => ({
    explain: (...of) => ({ ...explain(...of), grantedBy: [] }),
  })),
  'gives no reason': changing(({ explain }) => ({
    explain: (...of) => ({ ...explain(...of), reason: 'no-scope-covers-path' }),
  })),
  'promises what a slash would do': changing(({ explain }) => ({
    explain: (...of) => {
      const found = explain(...of)
      const nearest = found.nearest && { ...found.nearest, differs: 'trailing-slash' as const }
      return { ...found, ...(nearest && { nearest }) }
    },
  })),
  'sorts no methods': changing(({ methodsFor }) => ({
    methodsFor: (...of) => methodsFor(...of).toReversed(),
  })),
  'forgets the widest scope': changing(({ scopesFor }) => ({
    scopesFor: (...of) => scopesFor(...of).slice(0, -1),
  })),
  'needs no scopes': changing(() => ({ minimalScopes: () => [] })),
  'writes no options': changing(({ toJSON }) => ({
    toJSON: () => ({ ...(toJSON() as object), $options: {} }),
  })),

  'loses the last scope of tables': ({ fromCompiled }) => ({
    fromCompiled: (data: unknown) => {
      const opened = fromCompiled(data)
      const last = opened.scopes.at(-1)
      const authorize: Authorize = (scopes, ...rest) =>
        opened.authorize(
          typeof scopes === 'string' ? scopes : [...scopes].filter((one) => one !== last),
          ...rest,
        )
      return { ...opened, authorize }
    },
  }),
  'generates modules with a shorter limit': ({ toModule }) => ({
    toModule: (policy) => toModule(policy).replaceAll('8192', '40'),
  }),
  'generates modules that take a blank for data': ({ toModule }) => ({
    toModule: (policy) => toModule(policy).replaceAll('space', 'slash'),
  }),

  'guesses that scopes have nothing in common': ({ compareScopes }) => ({
    compareScopes: (...of) => {
      const { inBoth, relation, ...rest } = compareScopes(...of)
      return inBoth === undefined || relation === 'equal'
        ? { relation, ...rest, ...(inBoth && { inBoth }) }
        : { ...rest, relation: 'disjoint' }
    },
  }),
  'guesses that scopes are equal': ({ compareScopes }) => ({
    compareScopes: (...of) => {
      const { onlyInA, onlyInB, ...rest } = compareScopes(...of)
      return onlyInA || onlyInB ? { ...rest, relation: 'equal' } : rest
    },
  }),
  'gives witnesses that are none': ({ compareScopes }) => ({
    compareScopes: (...of) => {
      const { onlyInA, ...rest } = compareScopes(...of)
      return { ...rest, ...(onlyInA && { onlyInA: { ...onlyInA, path: `${onlyInA.path}//` } }) }
    },
  }),
}

export function plant(name: string, subject: Subject): Subject {
  const mutant = MUTANTS[name]
  if (mutant === undefined) throw new RangeError(name)
  return { ...subject, ...mutant(subject) }
}

/** Another policy where `authorize` is asked, and everything else as it was. */
function deciding(change: (ask: Authorize) => Authorize): Plant {
  return changing(({ authorize }) => ({ authorize: change(authorize) }))
}

export function changing(change: (policy: Policy) => Partial<Policy>): Plant {
  return ({ parsePolicy }) => ({
    parsePolicy: (...of) => {
      const { policy, diagnostics } = parsePolicy(...of)
      // What is compiled from it is still the policy itself.
      const changed =
        policy &&
        (Object.create(null, {
          ...Object.getOwnPropertyDescriptors(policy),
          ...Object.getOwnPropertyDescriptors(change(policy)),
        }) as Policy)
      return { policy: changed, diagnostics }
    },
  })
}

/** Options of the document that have no effect. */
function loadingWith(options: Parameters<Subject['parsePolicy']>[1]): Plant {
  return ({ parsePolicy }) => ({ parsePolicy: (source) => parsePolicy(source, options) })
}
