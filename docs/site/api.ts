/**
 * The reference of every export, from the declarations and docstrings in `src`: one page of Markdown for each entry of
 * the package. Signatures are the text of the source without bodies, which `isolatedDeclarations` keeps complete.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'

export interface ApiPage {
  /** The subpath: `express` of `scope-policy/express`, `index` of the package itself. */
  readonly entry: string
  readonly markdown: string
}

const KINDS = ['Functions', 'Classes', 'Values', 'Types'] as const
type Kind = (typeof KINDS)[number]

interface Export {
  readonly name: string
  readonly kind: Kind
  readonly signature: string
  readonly documentation: string
}

export function apiPages(root: string): readonly ApiPage[] {
  const entries = entryFiles(root)
  const program = ts.createProgram([...entries.values()], {
    target: ts.ScriptTarget.ES2023,
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    allowImportingTsExtensions: true,
    noEmit: true,
    skipLibCheck: true,
    strict: true,
  })
  const checker = program.getTypeChecker()
  return [...entries].map(([entry, file]) => {
    const source = program.getSourceFile(file)
    const module = source === undefined ? undefined : checker.getSymbolAtLocation(source)
    if (source === undefined || module === undefined) throw new Error(`${file} exports nothing`)
    const exports = checker.getExportsOfModule(module).flatMap((symbol) => readExport(symbol, checker))
    return { entry, markdown: pageOf(entry, moduleComment(source), exports) }
  })
}

/** The entries of package.json that are code, with their source, as `tsup.config.ts` names them. */
function entryFiles(root: string): ReadonlyMap<string, string> {
  const config = readFileSync(join(root, 'tsup.config.ts'), 'utf8')
  const { exports } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    exports: Readonly<Record<string, string | object>>
  }
  return new Map(
    Object.entries(exports)
      .filter(([, value]) => typeof value === 'object')
      .map(([subpath]) => {
        const entry = subpath === '.' ? 'index' : subpath.slice(2)
        const file = new RegExp(`^\\s+${entry}: '(src/[^']+)'`, 'm').exec(config)?.[1]
        if (file === undefined) throw new Error(`tsup.config.ts has no entry ${entry}`)
        return [entry, join(root, file)]
      }),
  )
}

function readExport(symbol: ts.Symbol, checker: ts.TypeChecker): readonly Export[] {
  const target = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol
  const declarations = target.declarations ?? []
  const [first] = declarations
  if (first === undefined) return []
  const isOverloaded = declarations.length > 1 && ts.isFunctionDeclaration(first)
  const shown = isOverloaded
    ? declarations.filter((one) => ts.isFunctionDeclaration(one) && one.body === undefined)
    : [first]
  const documentation = ts.displayPartsToString(target.getDocumentationComment(checker))
  const tags = target
    .getJsDocTags(checker)
    .map(({ name, text }) => tagLine(name, ts.displayPartsToString(text)))
  return [
    {
      name: symbol.name,
      kind: kindOf(first),
      signature: shown.map(signatureOf).join('\n'),
      documentation: [documentation, ...tags.filter((line) => line !== '')].join('\n\n'),
    },
  ]
}

function tagLine(name: string, text: string): string {
  if (name === 'param') return `- ${text.replace(/^(\S+)\s+(?:- )?/, '`$1`: ')}`
  if (name === 'returns') return `Returns ${text}`
  if (name === 'throws') return `Throws ${text}`
  if (name === 'deprecated') return `Deprecated: ${text}`
  if (name === 'example') return `\`\`\`js\n${text.replaceAll(/^```\w*\n?|\n?```$/g, '')}\n\`\`\``
  return name === 'see' ? `See ${text}` : ''
}

function kindOf(declaration: ts.Declaration): Kind {
  if (ts.isFunctionDeclaration(declaration)) return 'Functions'
  if (ts.isClassDeclaration(declaration)) return 'Classes'
  return ts.isVariableDeclaration(declaration) ? 'Values' : 'Types'
}

function signatureOf(declaration: ts.Declaration): string {
  const source = declaration.getSourceFile()
  const text = (from: ts.Node, end: number): string => source.text.slice(from.getStart(), end).trim()
  if (ts.isFunctionDeclaration(declaration))
    return bare(text(declaration, declaration.body?.getStart() ?? declaration.getEnd()))
  if (ts.isVariableDeclaration(declaration))
    return `const ${declaration.name.getText()}: ${declaration.type?.getText() ?? 'unknown'}`
  if (ts.isClassDeclaration(declaration)) return classSignature(declaration)
  return bare(declaration.getText())
}

function classSignature(declaration: ts.ClassDeclaration): string {
  const { name, heritageClauses = [] } = declaration
  const source = declaration.getSourceFile()
  const members = declaration.members.filter((member) => {
    const isPrivate = ts.getCombinedModifierFlags(member) & ts.ModifierFlags.Private
    return isPrivate === 0 && !(member.name !== undefined && ts.isPrivateIdentifier(member.name))
  })
  const lines = members.map((member) => {
    const comment = ts.getJSDocCommentsAndTags(member)[0]?.getText()
    const body = 'body' in member ? (member.body as ts.Node | undefined) : undefined
    const end =
      body?.getStart() ?? (ts.isPropertyDeclaration(member) ? member.initializer?.getFullStart() : undefined)
    const shown = source.text
      .slice(member.getStart(), end ?? member.getEnd())
      .replace(/\s*=\s*$/, '')
      .trim()
    return `  ${comment === undefined ? '' : `${comment}\n  `}${shown}`
  })
  const heritage = heritageClauses.map((clause) => ` ${clause.getText()}`).join('')
  return `class ${name?.text ?? ''}${heritage} {\n${lines.join('\n')}\n}`
}

function bare(text: string): string {
  return text.replace(/^export (?:declare )?/, '').replace(/^async /, '')
}

/** What the comment at the top of an entry says, without `@module`. */
function moduleComment(source: ts.SourceFile): string {
  const comment = /^\/\*\*(.*?)\*\//s.exec(source.text)?.[1] ?? ''
  return comment
    .replaceAll(/^[ \t]*\* ?/gm, '')
    .replace(/^@module.*$/m, '')
    .trim()
}

function pageOf(entry: string, comment: string, exports: readonly Export[]): string {
  const name = entry === 'index' ? 'scope-policy' : `scope-policy/${entry}`
  const sections = KINDS.flatMap((kind) => {
    const members = exports
      .filter((one) => one.kind === kind)
      .sort((one, other) => one.name.localeCompare(other.name, 'en'))
    if (members.length === 0) return []
    return [
      `## ${kind}`,
      ...members.flatMap(({ name: member, signature, documentation }) => [
        `### ${member}`,
        `\`\`\`ts\n${signature}\n\`\`\``,
        ...(documentation === '' ? [] : [documentation.replaceAll(/\{@link ([^}]+)\}/g, '`$1`')]),
      ]),
    ]
  })
  return [`# Exports of ${name}`, comment, ...sections].join('\n\n') + '\n'
}
