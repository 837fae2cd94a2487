/** The formats by the name they have in `--format`, in the order in which help lists them. */
import { json } from './json.ts'
import { pretty } from './pretty.ts'
import type { Format } from './report.ts'

export const FORMATS: ReadonlyMap<string, Format> = new Map<string, Format>([
  ['pretty', pretty],
  ['json', json],
])
