/** Data as YAML, for files that other programs read: one line for each value, no anchors. */
import { stringify } from 'yaml'

export function printYaml(data: object): string {
  return stringify(data, { lineWidth: 0, aliasDuplicateObjects: false })
}
