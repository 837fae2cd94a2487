/** The value of the box that allows all optional scopes of a group. */
import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import type { ConsentGroup } from '../view/types.ts'

/** From how many choices in a group one box for all of them is of use. */
const MIN_CHOICES = 5

/**
 * Stands for the scopes themselves and not for a place on the page: two views of the same question may be grouped
 * in other ways, if headings are translated. Undefined where the page has no such box.
 */
export function groupKey({ items }: ConsentGroup): string | undefined {
  const choices = items.filter(({ optional }) => optional).map(({ scope }) => scope)
  if (choices.length < MIN_CHOICES) return undefined
  return bytesToHex(sha256(utf8ToBytes(choices.join(' ')))).slice(0, 16)
}
