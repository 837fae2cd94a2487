/**
 * Writes the runtimes of generated modules: the project's own code, bundled and made small.
 *
 * Run by `npm run generate`; a test fails when the written file is not what this would write. Nothing but
 * this file and that test imports it, so the bundler stays a development dependency. It is rolldown, since
 * it follows constants into functions and leaves out what they make unreachable: 8 % less than esbuild.
 */
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { format } from 'prettier'
import { rolldown } from 'rolldown'
import { DEFAULT_OPTIONS, READING_OPTIONS } from '../src/language/options.ts'
import { DEFAULT_LIMITS } from '../src/language/limits.ts'
import { NAME_METHODS } from '../src/language/scope-fields.ts'

/** Where the entries are resolved. */
const folder: URL = new URL('../src/compiled/', import.meta.url)
export const RUNTIMES_FILE: URL = new URL('generated/runtimes.ts', folder)

interface Runtime {
  readonly name: string
  readonly about: string
  /** The module to bundle; `__NAMES__` become the policy's data. */
  readonly entry: string
  /** Options that every policy of this runtime has, as source text. */
  readonly facts: Readonly<Record<string, string>>
  /** Modules that are never reached then. */
  readonly unused: readonly string[]
}

/** Of all compiled policies: near misses are for loaded ones. */
const COMPILED: Runtime['facts'] = { 'endpoints.nearest': 'undefined' }
/** Of policies without names, combinations and a baseline. */
const PLAIN: Runtime['facts'] = { 'isNameMethod(method)': 'false', 'held.close': 'undefined' }

/** A few endpoints, default options: no tables. */
const SMALL: Pick<Runtime, 'entry' | 'facts' | 'unused'> = {
  entry: `
      import { openSmall } from './small.ts'
      export const scopes = Object.freeze(__SCOPES__)
      export const { authorize, grant, explain, scopesFor, setsFor, methodsFor } = openSmall(scopes, __ENDPOINTS__)
      export const requestAs = (scope) => scope
      export const fingerprint = __FINGERPRINT__`,
  facts: {
    ...Object.fromEntries(
      READING_OPTIONS.map((name) => [name, JSON.stringify(DEFAULT_OPTIONS[name]).replaceAll('"', "'")]),
    ),
    pathLength: String(DEFAULT_LIMITS.pathLength),
    ...PLAIN,
    'mayGoOn()': 'true',
    'budget(DENIAL_STEPS)': 'undefined',
    'budget(GRANTING_STEPS)': 'undefined',
    // Without a base path nothing lies outside of it.
    'reading.path === null': 'false',
  },
  unused: ['scope-fields.ts', 'allowing-sets.ts'],
}

/**
 * No pattern ends in a slash, or in a star after one: what matches a path with a slash at its end matches it without
 * the slash, too, so the second reading of such a path decides nothing.
 */
const ONE_READING: Runtime['facts'] = {
  "rules.trailingSlash === 'ignore' || !path.endsWith('/')": 'true',
  'const { path, withoutSlash } = reading': 'const { path } = reading, withoutSlash = undefined',
  'path: comparable(path, rules), withoutSlash }': 'path: comparable(path, rules) }',
  // One set for each of 16 scopes at most.
  'sets.slice(0, MAX_SORTED)': 'sets',
  '[...sorted, ...sets.slice(MAX_SORTED)]': 'sorted',
}

const RUNTIMES: readonly Runtime[] = [
  {
    ...SMALL,
    name: 'SMALL',
    about: 'A few endpoints, default options: no tables; no pattern that a slash at the end decides about',
    facts: { ...SMALL.facts, ...ONE_READING },
  },
  {
    ...SMALL,
    name: 'SLASHES',
    about: 'A few endpoints, default options: no tables',
  },
  {
    name: 'TREES',
    about: '`wildcard: any`',
    entry: `
      import { unpackTrees } from './tables.ts'
      import { openTrees } from './trees.ts'
      const tables = unpackTrees(__TABLES__)
      export const scopes = Object.freeze(tables.scopes)
      export const { authorize, grant, explain, scopesFor, setsFor, methodsFor } = openTrees(tables, __ENDPOINTS__, __RULES__)
      export const requestAs = (scope) => scope
      export const fingerprint = __FINGERPRINT__`,
    facts: { wildcard: `'any'`, ...PLAIN },
    unused: ['run-automaton.ts', 'scope-fields.ts', 'policy-authorizer.ts', 'allowing-sets.ts'],
  },
  {
    name: 'AUTOMATA',
    about: '`wildcard: segment`',
    entry: `
      import { openAutomata } from './automata.ts'
      import { unpackTables } from './tables.ts'
      const tables = unpackTables(__TABLES__)
      export const scopes = Object.freeze(tables.scopes)
      export const { authorize, grant, explain, scopesFor, setsFor, methodsFor } = openAutomata(tables, __ENDPOINTS__, __RULES__)
      export const requestAs = (scope) => scope
      export const fingerprint = __FINGERPRINT__`,
    facts: { wildcard: `'segment'`, ...PLAIN },
    unused: ['find-run.ts', 'scope-fields.ts', 'policy-authorizer.ts', 'allowing-sets.ts'],
  },
]

/** The runtime of policies with names, combinations, aliases or a baseline. */
const MORE: Runtime = {
  name: 'MORE',
  about: 'Names, combinations, aliases, a baseline',
  entry: `
      import { openMore, unpackMore } from './open-more.ts'
      import { unpackTables } from './tables.ts'
      const opened = openMore(unpackTables(__TABLES__), __ENDPOINTS__, __RULES__, unpackMore(__MORE__))
      export const scopes = Object.freeze(opened.scopes)
      export const { authorize, grant, explain, scopesFor, setsFor, methodsFor, requestAs } = opened
      export const fingerprint = __FINGERPRINT__`,
  facts: {},
  unused: ['language/scope-fields.ts', 'language/options.ts'],
}

/** The source text of `generated/runtimes.ts`. */
export async function generateRuntimes(): Promise<string> {
  const constants: string[] = []
  for (const runtime of [...RUNTIMES, MORE]) {
    const code = JSON.stringify(await bundle(runtime))
    constants.push(`/** ${runtime.about}. */\nexport const ${runtime.name}: string = ${code}\n`)
  }
  const notice = '// Generated from the files of src by `npm run generate`. Do not edit.\n\n'
  return await format(notice + constants.join('\n'), {
    parser: 'typescript',
    printWidth: 110,
    semi: false,
    singleQuote: true,
  })
}

/** The walker alone, with every option and both wildcard modes: how large it is, is a number to watch. */
export async function bundleWalker(): Promise<string> {
  const entry = `export { createAuthorizer } from '../decision/authorize.ts'`
  return bundle({ entry, facts: {}, unused: [] })
}

async function bundle({
  entry,
  facts,
  unused,
}: Pick<Runtime, 'entry' | 'facts' | 'unused'>): Promise<string> {
  const main = fileURLToPath(new URL('entry.ts', folder))
  const build = await rolldown({
    input: main,
    treeshake: { propertyReadSideEffects: false },
    optimization: { inlineConst: true },
    plugins: [
      {
        name: 'scope-policy',
        resolveId: (id) => (id === main ? id : null),
        load: (id) => {
          if (id === main) return entry
          const name = unused.find((file) => id.endsWith(`/${file}`))
          return name === undefined ? null : STUBS[name]
        },
        transform: (code) => specialise(code, { ...COMPILED, ...facts }),
      },
    ],
  })
  const { output } = await build.generate({ format: 'es', minify: true })
  await build.close()
  // Only ASCII: no server and no editor can read it in another character set.
  return output[0].code
    .trim()
    .replaceAll('/* @__PURE__ */ ', '')
    .replace(/[^\n -~]/g, escapeUnit)
}

/**
 * Source text with the facts put in: `rules.caseSensitive` becomes `true`. The bundler does the rest. All
 * files call the options `rules`. Where every option is a fact there is no object left to read from, so
 * nothing may be missed; elsewhere what is missed costs bytes, but reads the value all the same.
 */
function specialise(code: string, facts: Runtime['facts']): string {
  const special = Object.entries(facts)
    .reduce((text, [name, value]) => (/\W/.test(name) ? text.replaceAll(name, value) : text), code)
    .replace(/\brules\.(\w+)/g, (read, name: string) => facts[name] ?? read)
    .replace(/const \{ ([\w, ]+) \} = rules\b/g, (_, names: string) =>
      names
        .split(', ')
        .map((name) => `const ${name} = ${facts[name] ?? `rules.${name}`}`)
        .join('\n'),
    )
  const read = /\brules\.\w+|= rules\b|\}: (?:PathRules|CharacterRules|Pick<PathRules)/.exec(special)
  if ('pathLength' in facts && read !== null) throw new Error(`an option is read unseen: ${read[0]}`)
  return special
}

/**
 * What stands for a module: where its only export is never called, nothing; and what policies without names,
 * combinations and a baseline need of the others.
 */
const STUBS: Readonly<Record<string, string>> = {
  'run-automaton.ts': 'export const createAutomatonRunner = () => undefined',
  'find-run.ts': 'export const createFindRun = () => undefined',
  'allowing-sets.ts': 'export const allowingAlone = undefined, allowingSets = undefined',
  'scope-fields.ts': 'export const isNameMethod = () => false',
  'language/scope-fields.ts': `export const isNameMethod = (method) => ${JSON.stringify(NAME_METHODS)}.includes(method)`,
  'language/options.ts': `export const DEFAULT_OPTIONS = ${JSON.stringify(DEFAULT_OPTIONS)}`,
  'policy-authorizer.ts': `
    import { createAuthorizer } from './authorize.ts'
    import { readPath } from '../pattern/request-path.ts'
    export const createPolicyAuthorizer = (tables, rules) => {
      const authorizer = createAuthorizer(tables, rules)
      return {
        ...authorizer,
        held: { scopeCount: tables.scopes.length, providers: [] },
        isKnown: (name) => authorizer.idsOf([name]).length > 0,
        read: (_, target) => readPath(target, rules),
      }
    }`,
}

function escapeUnit(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`
}

if (process.argv[1] === import.meta.filename) {
  writeFileSync(RUNTIMES_FILE, await generateRuntimes())
}
