/** What the command line of the benchmark can say. */
import { pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { PEERS } from './contestants/index.ts'
import { FULL, QUICK, type Settings } from './settings.ts'
import { type Size, SIZES } from './workload/document.ts'

export type Part = 'speed' | 'styles' | 'hostile' | 'load' | 'compiled' | 'memory' | 'start' | 'bundle'
const PARTS: readonly Part[] = ['speed', 'styles', 'hostile', 'load', 'compiled', 'memory', 'start', 'bundle']

export interface Options {
  readonly quick: boolean
  readonly settings: Settings
  readonly sizes: readonly Size[]
  readonly parts: ReadonlySet<Part>
  /** Names of contestants, this package's included. */
  readonly contestants: readonly string[]
  /** Whether everything is measured at full length, so that the run is worth recording. */
  readonly complete: boolean
  /** The built main file to measure. */
  readonly built: URL
  readonly help: boolean
}

/** What ships. */
export const BUILT: URL = new URL('../dist/index.js', import.meta.url)

export const OWN: readonly string[] = ['ours', 'ours-grant', 'ours-module']

export const HELP: string = `npm run bench -- [options]

  --quick        short turns and few rounds: figures are rough, nothing is recorded
  --only LIST    contestants (ours, ours-grant, picomatch, ...), or parts of the benchmark:
                 ${PARTS.join(', ')}
  --sizes LIST   ${SIZES.map(({ name }) => name).join(', ')}
  --built FILE   another build of the main entry than dist/index.js, to compare two states
  --help

A run without options takes about ten minutes and writes a record.`

export function readOptions(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      quick: { type: 'boolean', default: false },
      only: { type: 'string', default: '' },
      sizes: { type: 'string', default: '' },
      built: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  })
  const only = listOf(values.only)
  const parts = PARTS.filter((part) => only.includes(part))
  const names = only.filter((word) => !PARTS.some((part) => part === word))
  const everybody = [...OWN, ...PEERS.map(({ name }) => name)]
  const contestants = names.length === 0 ? everybody : names.flatMap((name) => named(name, everybody))
  const sizes = listOf(values.sizes)
  return {
    quick: values.quick,
    settings: values.quick ? QUICK : FULL,
    sizes: sizes.length === 0 ? SIZES : sizes.map((name) => sizeNamed(name)),
    parts: new Set(parts.length > 0 ? parts : names.length > 0 ? ['speed'] : PARTS),
    contestants,
    complete: !values.quick && only.length === 0 && sizes.length === 0 && values.built === undefined,
    built: values.built === undefined ? BUILT : pathToFileURL(values.built),
    help: values.help,
  }
}

function listOf(text: string): string[] {
  return text.split(',').filter((word) => word !== '')
}

/** A contestant by its name, or all whose name holds the word. */
function named(word: string, everybody: readonly string[]): string[] {
  if (everybody.includes(word)) return [word]
  const found = everybody.filter((name) => name.toLowerCase().includes(word.toLowerCase()))
  if (found.length === 0) throw new Error(`no part and no contestant is called ${word}`)
  return found
}

function sizeNamed(name: string): Size {
  const size = SIZES.find((candidate) => candidate.name === name)
  if (size === undefined) throw new Error(`no size is called ${name}`)
  return size
}
