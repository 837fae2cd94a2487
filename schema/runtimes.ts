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
import ts from 'typescript'
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

/** Of all compiled policies: near misses are for loaded ones, and lists are arrays that are used up at once. */
const COMPILED: Runtime['facts'] = {
  'endpoints.nearest': 'undefined',
  'isArray(list)': 'true',
  'rowsByName(tables.scopes)': 'new Map(tables.scopes.map((name, id) => [name, id]))',
  'new Array<FindRun | undefined>(tables.runs.length)': 'tables.runs.map((run) => createFindRun(run, fold))',
  'finderOf(unitAt(code, next++))': 'finders[unitAt(code, next++)]',
  'itemsOf(names)': 'undefined',
  'nameAt(id)': 'names[id]',
  'itemsOf(runs)': 'undefined',
  'runAt(next())': 'runs[next()]',
  'itemsOf(automata)': 'undefined',
  'automatonAt(automaton)': 'automata[automaton]',
  'automatonAt(small)': 'automata[small]',
  'automatonAt(big)': 'automata[big]',
  'itemsOf(lists)': 'undefined',
  'listAt(scope)': 'lists[scope]',
}
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
    'budget(FIND_STEPS)': 'undefined',
    'budget(decided ? EXPLAIN_STEPS : FIND_STEPS)': 'undefined',
    'budget(SORT_STEPS)': 'undefined',
    // Without a budget every list is sorted.
    'unsortable.has(key)': 'false',
    'budget(EXPLAIN_STEPS)': 'undefined',
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
  '{ refusal: undefined, path: comparable(path, rules), withoutSlash }':
    '{ refusal: undefined, path: comparable(path, rules) }',
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
      const tables = unpackTables(__TABLES__)
      const opened = openMore(tables, __ENDPOINTS__, __RULES__, unpackMore(__MORE__, tables.scopes))
      export const scopes = Object.freeze(tables.scopes.slice(0, opened.scopeCount))
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
  const found = new Set<string>()
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
        transform: (code) => specialize(code, { ...COMPILED, ...facts }, found),
      },
    ],
  })
  const { output } = await build.generate({ format: 'es', minify: true })
  await build.close()
  const stale = Object.keys(facts).find((fact) => /\W/.test(fact) && !found.has(fact))
  if (stale !== undefined) throw new Error(`a fact that is nowhere in the source: ${stale}`)
  // Only ASCII: no server and no editor can read it in another character set.
  return output[0].code
    .trim()
    .replaceAll('/* @__PURE__ */ ', '')
    .replace(/[^\n -~]/g, escapeUnit)
}

/**
 * Source text with the facts put in: the bundler does the rest. A fact is the text of an expression or declaration,
 * replaced wherever the syntax tree has it, or the name of an option, replaced wherever it is read from a parameter or
 * variable that is declared as path rules. Where every option is a fact there is no object left to read from, so
 * nothing may be missed; elsewhere a read that is missed costs bytes, but reads the value all the same.
 */
function specialize(code: string, facts: Runtime['facts'], found: Set<string>): string {
  const source = ts.createSourceFile('module.ts', code, ts.ScriptTarget.Latest, true)
  const rules = rulesOf(source)
  const isRules = (node: ts.Node | undefined): boolean =>
    node !== undefined && ts.isIdentifier(node) && rules.has(node.text)
  const valueOf = (node: ts.Node): string | undefined => {
    const text = node.getText(source)
    const fact = /\W/.test(text) ? facts[text] : undefined
    if (fact !== undefined) {
      found.add(text)
      return fact
    }
    if (ts.isPropertyAccessExpression(node) && isRules(node.expression)) return facts[node.name.text]
    if (!ts.isVariableDeclarationList(node)) return undefined
    const [declaration] = node.declarations
    if (declaration === undefined || !isRules(declaration.initializer)) return undefined
    if (!ts.isObjectBindingPattern(declaration.name)) return undefined
    return declaration.name.elements
      .map(({ name }) => name.getText(source))
      .map(
        (name) => `const ${name} = ${facts[name] ?? `${declaration.initializer?.getText(source)}.${name}`}`,
      )
      .join('\n')
  }
  const edits: (readonly [start: number, end: number, value: string])[] = []
  const visit = (node: ts.Node): void => {
    const value = valueOf(node)
    if (value !== undefined) edits.push([node.getStart(source), node.end, value])
    else {
      if ('pathLength' in facts && isUnseen(node, isRules))
        throw new Error(`an option is read unseen: ${node.getText(source)}`)
      ts.forEachChild(node, visit)
    }
  }
  visit(source)
  let special = code
  for (const [start, end, value] of edits.reverse())
    special = `${special.slice(0, start)}${value}${special.slice(end)}`
  return special
}

/** The names of parameters and variables that are declared as path rules, or as some of them. */
function rulesOf(source: ts.SourceFile): ReadonlySet<string> {
  const names = new Set<string>()
  const visit = (node: ts.Node): void => {
    if ((ts.isParameter(node) || ts.isVariableDeclaration(node)) && isRulesType(node.type, source))
      if (ts.isIdentifier(node.name)) names.add(node.name.text)
    ts.forEachChild(node, visit)
  }
  visit(source)
  return names
}

function isRulesType(type: ts.TypeNode | undefined, source: ts.SourceFile): boolean {
  return type !== undefined && /^(?:Pick<)?(?:PathRules|CharacterRules)\b/.test(type.getText(source))
}

/** Whether options are read in a way that is not replaced: by a pattern of a parameter, or an option without a fact. */
function isUnseen(node: ts.Node, isRules: (node: ts.Node) => boolean): boolean {
  if (ts.isPropertyAccessExpression(node)) return isRules(node.expression)
  return ts.isParameter(node) && !ts.isIdentifier(node.name) && isRulesType(node.type, node.getSourceFile())
}

/**
 * What replaces a module: where its only export is never called, nothing; and what policies without names,
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
