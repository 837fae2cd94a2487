/** `scope-policy build`: compiles a document into a module, or into data. */
import { resolve } from 'node:path'
import { gzipSync } from 'node:zlib'
import { toCompiled, toDeclarations, toModule } from '../../compiled/index.ts'
import { quote } from '../../diagnostic/words.ts'
import type { Policy } from '../../index.ts'
import { sanitize } from '../../report/safe.ts'
import { declaration, type OptionsOf, type RegisterCommand, registering } from '../command.ts'
import { EXIT, type ExitCode, UsageError } from '../exit-code.ts'
import type { Io } from '../io/files.ts'
import { STDIN } from '../io/source.ts'
import { loadPolicy } from '../load.ts'
import { addPolicyFlags, toParseOptions } from '../policy-flags.ts'

const EXAMPLES = `
Examples:
  scope-policy build scopes.yaml -o policy.js      writes policy.js and policy.d.ts
  scope-policy build scopes.yaml -o policy.json    writes data for fromCompiled()
  scope-policy build scopes.yaml -o - | sha256sum

Exit codes: 0 written, 2 nothing written`

const declare = declaration((program) => {
  const command = program
    .command('build')
    .summary('compile a document into a module')
    .description(
      'Compile a document into an ES module that decides without it and needs nothing else, with its types.',
    )
    .argument('<policy>', 'the document; - is standard input')
    .requiredOption('-o, --output <file>', 'a .js, .mjs or .json file; - is standard output, for a module')
  return addPolicyFlags(command).addHelpText('after', EXAMPLES)
})

type BuildOptions = OptionsOf<typeof declare>

export const registerBuild: RegisterCommand = registering(declare, build)

async function build(options: BuildOptions, io: Io, path: string): Promise<ExitCode> {
  const outputs = outputsFor(options.output)
  const source = io.files.source(path)
  if (outputs.some(({ name }) => resolve(io.cwd, name) === source.file)) {
    throw new UsageError(`the output would replace ${quote(source.path)}, which is compiled`)
  }
  const { policy } = await loadPolicy(source, toParseOptions(options), 'is not compiled', io, options)
  if (options.output === STDIN) {
    io.stdout.write(toModule(policy))
    return EXIT.clean
  }
  const files = outputs.map(({ name, make }) => ({ name, text: make(policy) }))
  await io.files.writeAll(files)
  const written = files.map(({ name, text }) => `${sanitize(quote(name))} (${sizes(text)})`).join(' and ')
  io.stderr.write(`note: wrote ${written}\n`)
  return EXIT.clean
}

interface Output {
  readonly name: string
  readonly make: (policy: Policy) => string
}

function outputsFor(name: string): readonly Output[] {
  if (name === STDIN) return []
  if (name.endsWith('.json')) {
    return [{ name, make: (policy) => `${JSON.stringify(toCompiled(policy))}\n` }]
  }
  const [, stem, kind] = /^(.*[^/\\])\.(m?)js$/s.exec(name) ?? []
  if (stem === undefined) throw new UsageError(`${quote(name)} is no .js, .mjs or .json file`)
  return [
    { name, make: toModule },
    { name: `${stem}.d.${kind ?? ''}ts`, make: toDeclarations },
  ]
}

function sizes(text: string): string {
  return `${bytes(Buffer.byteLength(text))}, ${bytes(gzipSync(text).length)} gzip`
}

function bytes(count: number): string {
  return count < 1000 ? `${count} B` : `${(count / 1000).toFixed(1)} kB`
}
