/**
 * The formats by the name they have in `--format`, in the order in which help lists them. One is added as a
 * function in its own file and a row here.
 */
import { compact } from './compact.ts'
import { github } from './github.ts'
import { gitlab } from './gitlab.ts'
import { json } from './json.ts'
import { junit } from './junit.ts'
import { pretty } from './pretty.ts'
import type { Format } from './report.ts'
import { sarif } from './sarif.ts'

export const FORMATS: ReadonlyMap<string, Format> = new Map<string, Format>([
  ['pretty', pretty],
  ['compact', compact],
  ['json', json],
  ['sarif', sarif],
  ['github', github],
  ['gitlab', gitlab],
  ['junit', junit],
])
