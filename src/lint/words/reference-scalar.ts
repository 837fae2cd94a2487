/**
 * What the reference implementation makes of a plain scalar: the types of YAML 1.1 as the YAML extension of
 * PHP reads them, and of a key the text to which PHP turns it.
 */

export interface ReferenceScalar {
  readonly kind: 'nothing' | 'a boolean' | 'a number'
  /** As a key; undefined where no reader was tried (infinities, numbers beyond 2^53). */
  readonly key?: string
}

const TRUE = /^(?:y|Y|yes|Yes|YES|true|True|TRUE|on|On|ON)$/
const FALSE = /^(?:n|N|no|No|NO|false|False|FALSE|off|Off|OFF)$/
const NOTHING = /^(?:~|null|Null|NULL|)$/

/** Undefined for what is text there, too, such as `1e3`, `08` and dates. */
export function referenceScalar(text: string): ReferenceScalar | undefined {
  if (NOTHING.test(text)) return { kind: 'nothing', key: '' }
  if (TRUE.test(text)) return { kind: 'a boolean', key: '1' }
  if (FALSE.test(text)) return { kind: 'a boolean', key: '0' }
  if (/^[-+]?\.(?:inf|Inf|INF)$|^\.(?:nan|NaN|NAN)$/.test(text)) return { kind: 'a number' }
  const [, sign = '', digits = ''] = /^([-+]?)(.*)$/s.exec(text) ?? []
  const number = magnitude(digits.replace(/[_,]/g, ''), digits)
  if (number === undefined) return undefined
  // A fraction is cut off.
  const whole = Math.trunc(sign === '-' ? -number : number)
  return { kind: 'a number', ...(Number.isSafeInteger(whole) && { key: String(whole === 0 ? 0 : whole) }) }
}

/** `plain` is `digits` without underscores and commas. */
function magnitude(plain: string, digits: string): number | undefined {
  if (!/^[0-9.]/.test(digits)) return undefined
  if (/^0b[01]+$/.test(plain)) return Number(plain)
  if (/^0x[0-9A-Fa-f]+$/.test(plain)) return Number(plain)
  if (/^0[0-7]+$/.test(plain)) return Number.parseInt(plain, 8)
  if (/^(?:0|[1-9][0-9]*)$/.test(plain)) return Number(plain)
  if (/^[1-9][0-9]*(?::[0-5]?[0-9])+$/.test(plain)) {
    return plain.split(':').reduce((sum, part) => sum * 60 + Number(part), 0)
  }
  return /^(?:[0-9]+\.[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?$/.test(plain) ? Number(plain) : undefined
}
