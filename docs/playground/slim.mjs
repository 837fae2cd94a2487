/**
 * Leaves out of the bundle what the page never runs, so that it stays small enough to send to someone.
 *
 * A module that is left out keeps its exports, each of which throws: a mistake here is an error that the tests of
 * the page see, never another result.
 */
import { readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import ts from 'typescript'

/** Modules that nothing on the page calls: it parses YAML and never prints it, and keeps no consent records. */
const NEVER_CALLED = [
  /yaml[\\/]browser[\\/]dist[\\/]stringify[\\/]/,
  /yaml[\\/]browser[\\/]dist[\\/]doc[\\/](?:anchors|createNode|applyReviver)\.js$/,
  /src[\\/]consent[\\/]record[\\/]/,
  /src[\\/]consent[\\/]page[\\/]connected-apps\.ts$/,
]

const NOT_HERE = "throw new Error('this is not a part of the playground')"

/** Members of a lint rule that only `lint --explain` and reports of CI print. */
const EXPLANATIONS = new Set(['summary', 'why', 'bad', 'good'])
/** Members of options, fields and parts of the schema that only the schema and the reference print. */
const DESCRIPTIONS = new Set(['title', 'what', 'description'])
/** Of the validator and its errors: what `src/policy/shape` does not read. */
const UNREAD_BY_SHAPE = new Set([...DESCRIPTIONS, 'schemaPath', 'pattern', 'allowedValues', 'limit'])

/** Strings of a consent page that the preview cannot show: it has no account, no service, no record and no links. */
const UNSHOWN_STRINGS = new Set([
  'titleService',
  'account',
  'switchAccount',
  'verified',
  'owner',
  'clientId',
  'lookalike',
  'redirect',
  'redirectDevice',
  'review',
  'new',
  'widened',
  'widenedBy',
  'allowedBefore',
  'declinedBefore',
  'granted',
  'declined',
  'manage',
  'manageLink',
  'privacy',
  'terms',
  'withdraw',
  'preview',
  'apps',
  'noApps',
  'allowedOn',
  'allowedUntil',
])

/** The fail-safe schema is the only one that documents are read with; a known tag changes no text. */
const FAILSAFE_TAGS = `
import { map } from './common/map.js'
import { seq } from './common/seq.js'
import { string } from './common/string.js'
import { merge } from './yaml-1.1/merge.js'
const known = (name, collection) => ({ tag: 'tag:yaml.org,2002:' + name, collection, resolve: (node) => node })
const tags = [known('binary'), known('timestamp'), known('omap', 'seq'), known('pairs', 'seq'), known('set', 'map')]
export const coreKnownTags = Object.fromEntries([...tags, merge].map((tag) => [tag.tag ?? 'tag:yaml.org,2002:merge', tag]))
export const getTags = (custom, name, merges) => {
  if (custom !== undefined || name !== 'failsafe') throw new Error('the playground has the fail-safe schema only')
  return merges ? [map, seq, string, merge] : [map, seq, string]
}
`

/** Methods of the documents and nodes of the `yaml` package that change or print them: here they are only read. */
const CHANGING = new Set([
  ...['add', 'delete', 'get', 'has', 'set'].map((name) => `${name}In`),
  ...['createAlias', 'createNode', 'createPair', 'clone', 'toString', 'hasAllNullValues'],
])

/** The preview gives its language and nothing else. */
const VIEW_OPTIONS = `export const checkConsentOptions = (options) => options
export function checkReaderOptions() { ${NOT_HERE} }`
const PAGE_OPTIONS = readFileSync(new URL('page-options.ts', import.meta.url), 'utf8')

/** A plugin for rolldown. */
export const slim = {
  name: 'slim',
  transform(code, id) {
    // Only `makeRe` is called, which does not scan; a module of CommonJS.
    if (/picomatch[\\/]lib[\\/]scan\.js$/.test(id)) return `module.exports = () => { ${NOT_HERE} }`
    if (NEVER_CALLED.some((pattern) => pattern.test(id))) return throwing(code, id)
    // The page has a list of findings; nothing opens the panel of the editor.
    if (/@codemirror[\\/]lint[\\/]/.test(id)) return code.replaceAll('LintPanel.open', 'null')
    if (/yaml[\\/]browser[\\/]dist[\\/]schema[\\/]tags\.js$/.test(id)) return FAILSAFE_TAGS
    // A key that is a collection, which has no text without the printer.
    if (/yaml[\\/]browser[\\/]dist[\\/]nodes[\\/]addPairToJSMap\.js$/.test(id))
      return code.replace('if (isNode(key) && ctx?.doc)', 'if (false)')
    if (/yaml[\\/]browser[\\/]dist[\\/](?:doc[\\/]Document|nodes[\\/]\w+)\.js$/.test(id))
      return withoutMethods(code, id, CHANGING)
    if (/yaml[\\/]browser[\\/]dist[\\/]doc[\\/]directives\.js$/.test(id))
      return withoutMethods(code, id, new Set(['toString']))
    // The page keeps its state as text.
    if (/@codemirror[\\/]state[\\/]/.test(id))
      return withoutMethods(code, id, new Set(['toJSON', 'fromJSON']))
    if (/src[\\/]consent[\\/]page[\\/]check-options\.ts$/.test(id)) return PAGE_OPTIONS
    if (/src[\\/]consent[\\/]view[\\/]check-options\.ts$/.test(id)) return VIEW_OPTIONS
    if (/src[\\/]compiled[\\/]generated[\\/]runtimes\.ts$/.test(id)) return withoutRuntimes(code, id)
    if (/src[\\/]lint[\\/]rules[\\/]/.test(id)) return withProperties(code, id, EXPLANATIONS, emptied)
    if (/src[\\/]language[\\/](?:options|scope-fields)\.ts$/.test(id))
      return withProperties(code, id, DESCRIPTIONS, emptied)
    if (/src[\\/]policy[\\/]shape[\\/]generated[\\/]validate\.js$/.test(id))
      return withProperties(code, id, UNREAD_BY_SHAPE, emptied)
    if (/src[\\/]language[\\/]codes\.ts$/.test(id)) return withoutSummaries(code, id)
    if (/src[\\/]consent[\\/]strings[\\/][a-z-]+\.ts$/.test(id) && !/[\\/](?:index|strings)\.ts$/.test(id))
      return withProperties(code, id, UNSHOWN_STRINGS, (property) => [
        property.getFullStart(),
        property.getEnd() + 1,
        '',
      ])
    return undefined
  },
}

function parse(code, id) {
  return ts.createSourceFile(id, code, ts.ScriptTarget.Latest, true)
}

function throwing(code, id) {
  const names = parse(code, id).statements.flatMap((statement) => {
    if (ts.isExportDeclaration(statement))
      return statement.isTypeOnly ? [] : (statement.exportClause?.elements ?? []).map(({ name }) => name.text)
    const isExported = statement.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword)
    if (!isExported) return []
    if (ts.isVariableStatement(statement))
      return statement.declarationList.declarations.map(({ name }) => name.text)
    return ts.isFunctionDeclaration(statement) || ts.isClassDeclaration(statement)
      ? [statement.name.text]
      : []
  })
  return [...new Set(names)].map((name) => `export function ${name}() { ${NOT_HERE} }`).join('\n')
}

/** In place of text, the empty string. */
function emptied({ initializer }) {
  if (ts.isObjectLiteralExpression(initializer)) return undefined
  return [initializer.getStart(), initializer.getEnd(), "''"]
}

/** The catalogue of codes with severities only. */
function withoutSummaries(code, id) {
  const edits = []
  const visit = (node) => {
    if (ts.isArrayLiteralExpression(node) && node.elements.length === 2)
      edits.push([node.elements[1].getStart(), node.elements[1].getEnd(), "''"])
    else ts.forEachChild(node, visit)
  }
  visit(parse(code, id))
  return edited(code, edits)
}

/** The code with each property of these names replaced. */
function withProperties(code, id, names, replacementOf) {
  const edits = []
  const visit = (node) => {
    if (ts.isPropertyAssignment(node) && names.has(node.name.getText())) {
      const edit = replacementOf(node)
      if (edit === undefined) ts.forEachChild(node, visit)
      else edits.push(edit)
    } else ts.forEachChild(node, visit)
  }
  visit(parse(code, id))
  return edited(code, edits)
}

/** The code with the methods of these names throwing. */
function withoutMethods(code, id, names) {
  const edits = []
  const visit = (node) => {
    if (ts.isMethodDeclaration(node) && names.has(node.name.getText()))
      edits.push([node.body.getStart(), node.body.getEnd(), `{ ${NOT_HERE} }`])
    else ts.forEachChild(node, visit)
  }
  visit(parse(code, id))
  return edited(code, edits)
}

/** The code with each range, in their order, replaced. */
function edited(code, edits) {
  return edits.reduceRight(
    (text, [start, end, replacement]) => text.slice(0, start) + replacement + text.slice(end),
    code,
  )
}

/**
 * Of each runtime of compiled modules the part that the policy's data goes into, with the size of the rest: all of
 * them would be a sixteenth of the page.
 */
function withoutRuntimes(code, id) {
  const declarations = parse(code, id).statements.filter(ts.isVariableStatement)
  return declarations
    .map(({ declarationList }) => declarationList.declarations[0])
    .map(({ name, initializer }) => {
      const text = initializer.text
      const at = text.lastIndexOf('const ', text.search(/__[A-Z]+__/))
      const rest = text.slice(0, at)
      const note = `/* runtime: ${rest.length} bytes, ${gzipSync(rest, { level: 9 }).length} gzipped */\n`
      return `export const ${name.text} = ${JSON.stringify(note + text.slice(at))}`
    })
    .join('\n')
}
