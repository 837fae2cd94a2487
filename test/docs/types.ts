/**
 * The types of all scripts of the documentation, in one program: what is not a whole file sees the names that such
 * pages use without declaring them. Names of the program around a fragment need no declaration.
 */
import { join } from 'node:path'
import ts from 'typescript'

/** Packages that pages name and that are not installed here. */
const PACKAGES = `
declare module '@fastify/cors'
declare module 'express-jwt'
declare module 'express-jwt-authz'
declare module 'express-oauth2-jwt-bearer'
declare module 'hono/aws-lambda'
declare module 'jsonwebtoken'
declare module 'ws'
`

/** Declared for fragments. What is a value of ours has its type, so that wrong members and options are found. */
const GLOBALS = `
import type { Policy } from 'scope-policy'
declare global {
  const policy: Policy
  const view: import('scope-policy/consent').ConsentView
  const verify: (token: string) => Promise<Record<string, unknown>>
  const scopes: ((request: any) => any) & string
  const handler: (request: Request, ...rest: any[]) => Promise<Response>
  const log: { info(record: unknown): void }
  const loadPolicy: typeof import('scope-policy')['loadPolicy']
  const renderConsent: typeof import('scope-policy/consent')['renderConsent']
  const resolveConnectedApps: typeof import('scope-policy/consent')['resolveConnectedApps']
  const contentSecurityPolicy: typeof import('scope-policy/consent')['contentSecurityPolicy']
  const withdrawScopes: typeof import('scope-policy/consent')['withdrawScopes']
  const resolveConsent: typeof import('scope-policy/consent')['resolveConsent']
  const scopePolicy: typeof import('scope-policy/express')['scopePolicy']
  const bearerScopes: typeof import('scope-policy/claims')['bearerScopes']
  const protect: typeof import('scope-policy/fetch')['protect']
  const decisionOf: typeof import('scope-policy/express')['decisionOf']
  const readFileSync: typeof import('node:fs')['readFileSync']
  const protectedResourceMetadata: any
  const issuer: string, audience: string, resource: string, resourceMetadata: string, text: string, secret: string
  const baseline: string[], tenants: string[]
  const body: string, csrf: string, token: string, stored: undefined
  const publicKey: any, keys: any, app: any, request: any, response: any, req: any, res: any, client: any, user: any
  const transport: any, forward: any, fastifyJwt: any, fastifyCors: any, origin: string, cors: any, provider: any
  const list: any, create: any, remove: any, interaction: any,  records: any, page: any, server: any
  class JwtAuthGuard { canActivate(): boolean }
}
`

/** “Cannot find name”, with a suggestion and without, and the same for a shorthand property. */
const UNDECLARED = new Set([2304, 2552, 18004])

export interface Script {
  /** Absolute. */
  readonly file: string
  readonly text: string
  readonly isFragment: boolean
}

/** Errors of type, each with its file and line. */
export function typeErrors(root: string, scripts: readonly Script[]): readonly string[] {
  const globals = join(root, 'globals.d.ts')
  const texts = new Map(
    scripts.map(({ file, text, isFragment }) => [file, isFragment ? `${text}\nexport {}\n` : text]),
  )
  texts.set(globals, GLOBALS)
  texts.set(join(root, 'packages.d.ts'), PACKAGES)
  const options: ts.CompilerOptions = {
    target: ts.ScriptTarget.ES2023,
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    lib: ['lib.es2023.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'],
    types: ['node'],
    allowJs: true,
    checkJs: true,
    jsx: ts.JsxEmit.Preserve,
    noEmit: true,
    skipLibCheck: true,
    strictNullChecks: false,
    noImplicitAny: false,
    experimentalDecorators: true,
  }
  const host = ts.createCompilerHost(options)
  const readFile = host.readFile.bind(host)
  const fileExists = host.fileExists.bind(host)
  host.readFile = (file) => texts.get(file) ?? readFile(file)
  host.fileExists = (file) => texts.has(file) || fileExists(file)
  const program = ts.createProgram([...texts.keys()], options, host)
  return ts.getPreEmitDiagnostics(program).flatMap(({ file, start, messageText, code }) => {
    if (file === undefined || !texts.has(file.fileName)) return []
    const { line } = file.getLineAndCharacterOfPosition(start ?? 0)
    const text = ts.flattenDiagnosticMessageText(messageText, ' ')
    if (UNDECLARED.has(code) && !isMisspelled(text)) return []
    return [`${file.fileName.slice(root.length + 1)}:${line + 1}: ${text}`]
  })
}

/** Whether an unknown name is nearly one of ours; any other belongs to the program that a fragment is part of. */
function isMisspelled(text: string): boolean {
  const [, meant = ''] = /Did you mean '(\w+)'\?/.exec(text) ?? []
  return meant !== '' && GLOBALS.includes(`const ${meant}: typeof import('scope-policy`)
}
