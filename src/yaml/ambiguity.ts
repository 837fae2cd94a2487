/**
 * Plain scalars that some YAML reader takes for something other than text: by the types of YAML 1.1
 * (null, bool, int, float with base 60, timestamp, merge, value) or the core schema of YAML 1.2.
 *
 * Readers differ in the details (commas and underscores, a fraction without digits, an exponent without
 * sign), so each expression is the union of what they take. Left out is what YAML 1.1 lets pass by a slip of
 * its expression for floats (`.`, `1.2.3`): no reader makes a number of that. Every expression is anchored
 * and has one way to match, so that long strings cost time in proportion to their length.
 */

const KINDS: readonly (readonly [RegExp, string])[] = [
  [/^(?:~|null|Null|NULL|)$/, 'nothing'],
  [/^(?:y|Y|yes|Yes|YES|n|N|no|No|NO|true|True|TRUE|false|False|FALSE|on|On|ON|off|Off|OFF)$/, 'a boolean'],
  [/^[-+]?0(?:[bB][01_]+|[xX][0-9A-Fa-f_]+|[oO][0-7_]+)$/, 'a number'],
  [/^[-+]?(?:[0-9][0-9_,]*(?:\.[0-9_]*)?|\._*[0-9][0-9_]*)(?:[eE][-+]?[0-9]+)?$/, 'a number'],
  [/^[-+]?\.(?:inf|Inf|INF)$|^\.(?:nan|NaN|NAN)$/, 'a number'],
  [/^[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?$/, 'a number in base 60'],
  [
    /^[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:(?:[Tt]|[ \t]+)[0-9]{1,2}:[0-9]{1,2}:[0-9]{1,2}(?:\.[0-9]*)?(?:[ \t]*(?:[Zz]|[-+][0-9]{1,2}(?::?[0-9]{2})?))?)?$/,
    'a date',
  ],
  [/^=$/, 'a default value'],
  [/^<<$/, 'a merge key'],
]

/** What another reader takes the plain scalar for; undefined when all take it as text. */
export function readElsewhereAs(text: string): string | undefined {
  if (!/^[-+.0-9~=<]|^[a-zA-Z]{1,5}$|^$/.test(text)) return undefined
  return KINDS.find(([pattern]) => pattern.test(text))?.[1]
}
