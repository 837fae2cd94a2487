/** Numbers for people: three digits that mean something, and a unit. */
function digits(value: number): string {
  if (value >= 100) return Math.round(value).toLocaleString('en')
  if (value >= 10) return value.toFixed(1).replace(/\.0$/, '')
  return value.toFixed(2)
}

/** A ratio: `1.04`, `23.1`, `51,200`; from 10,000 on only two digits are meant. */
export function ratio(value: number | undefined): string {
  if (value === undefined || Number.isNaN(value)) return '–'
  return digits(value >= 10_000 ? Number(value.toPrecision(2)) : value)
}

export function duration(nanoseconds: number | undefined): string {
  if (nanoseconds === undefined || Number.isNaN(nanoseconds)) return '–'
  if (nanoseconds < 1000) return `${Math.round(nanoseconds)} ns`
  if (nanoseconds < 1e6) return `${digits(nanoseconds / 1e3)} µs`
  return nanoseconds < 1e9 ? `${digits(nanoseconds / 1e6)} ms` : `${digits(nanoseconds / 1e9)} s`
}

export function bytes(count: number | null | undefined): string {
  if (count === null || count === undefined) return '–'
  if (Math.abs(count) < 1000) return `${Math.round(count)} B`
  if (Math.abs(count) < 1e6) return `${(count / 1e3).toFixed(1)} kB`
  return `${(count / 1e6).toFixed(1)} MB`
}

export function percent(part: number, whole: number): string {
  if (part === 0) return '0'
  const share = (100 * part) / whole
  return `${share < 0.1 ? share.toFixed(2) : share.toFixed(1)} %`
}

export function integer(value: number): string {
  return value.toLocaleString('en')
}
