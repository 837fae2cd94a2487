/** The path by which an editor finds the schema of a file: it is resolved from the folder of that file. */
import { dirname, isAbsolute, normalize, sep } from 'node:path'

const MODULES = '$schema=node_modules/'

/** The text with the path for a file that is written to `name`, relative to the folder with `node_modules`. */
export function withSchemaPath(text: string, name: string): string {
  const folder = dirname(normalize(name))
  if (folder === '.' || isAbsolute(name) || folder.startsWith('..')) return text
  const up = folder
    .split(sep)
    .map(() => '../')
    .join('')
  return text.replace(MODULES, () => `$schema=${up}node_modules/`)
}
