/**
 * Times of access logs as seconds since the epoch.
 *
 * Known: `30/Nov/2026:08:00:00 +0000` (nginx, Apache, API Gateway), the same with milliseconds and without
 * an offset (HAProxy), RFC 3339, and seconds or milliseconds since the epoch. A time without an offset is
 * taken as UTC.
 */
const MONTHS = 'JanFebMarAprMayJunJulAugSepOctNovDec'
const COMMON =
  /^(\d{2})\/([A-Z][a-z]{2})\/(\d{4}):(\d{2}):(\d{2}):(\d{2})(?:\.\d{1,9})?(?: ([+-])(\d{2})(\d{2}))?$/
const RFC_3339 = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?(Z|[+-]\d{2}:?\d{2})?$/
/** Above are milliseconds: the year 5138 in seconds, 1973 in milliseconds. */
const MAX_SECONDS = 1e11

export function secondsOf(value: unknown): number | undefined {
  if (typeof value === 'number') return fromEpoch(value)
  if (typeof value !== 'string' || value.length > 40) return undefined
  const common = COMMON.exec(value)
  if (common !== null) return fromCommon(common)
  const found = RFC_3339.exec(value)
  if (found !== null) {
    const seconds = Math.floor(
      Date.parse(found[1] === undefined ? `${value.replace(' ', 'T')}Z` : value) / 1000,
    )
    return Number.isNaN(seconds) ? undefined : seconds
  }
  return /^\d{9,13}(?:\.\d{1,9})?$/.test(value) ? fromEpoch(Number(value)) : undefined
}

function fromEpoch(value: number): number | undefined {
  if (!(value > 0 && value < MAX_SECONDS * 1000)) return undefined
  return Math.floor(value < MAX_SECONDS ? value : value / 1000)
}

function fromCommon(found: RegExpExecArray): number | undefined {
  const [, day, name = '', year, hour, minute, second, sign, hours, minutes] = found
  const month = MONTHS.indexOf(name)
  if (month < 0 || month % 3 !== 0) return undefined
  const local = Date.UTC(Number(year), month / 3, Number(day), Number(hour), Number(minute), Number(second))
  const offset = sign === undefined ? 0 : Number(`${sign}1`) * (Number(hours) * 60 + Number(minutes)) * 60
  return local / 1000 - offset
}
