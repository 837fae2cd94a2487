/** Custom properties of the page, from code: checked, because a style sheet has no safe way to quote. */

/** Names without `--consent-`: `accent`, `radius`, `font` … */
export type ConsentTheme = Readonly<Record<string, string>>

export interface ConsentThemes {
  readonly theme?: ConsentTheme | undefined
  /** What is different in the dark. */
  readonly darkTheme?: ConsentTheme | undefined
}

/** Rules that follow the style sheet. Throws `TypeError` for what is more than one plain value. */
export function themeRules({ theme, darkTheme }: ConsentThemes): string {
  const light = theme === undefined ? '' : `.consent{${properties(theme)}}\n`
  const dark =
    darkTheme === undefined ? '' : `@media (prefers-color-scheme:dark){.consent{${properties(darkTheme)}}}\n`
  return light + dark
}

/** Colours, lengths, functions of them and names of fonts; no URL, no escape, no end of a rule. */
const VALUE = /^[\w\s#%.,()"'+*/-]+$/

function properties(theme: ConsentTheme): string {
  return Object.entries(theme)
    .map(([name, value]) => {
      if (!/^[a-z]+(?:-[a-z]+)*$/.test(name) || !isValue(value)) {
        throw new TypeError(`the theme cannot set ${JSON.stringify(name)} to ${JSON.stringify(value)}`)
      }
      return `--consent-${name}:${value}`
    })
    .join(';')
}

function isValue(value: unknown): boolean {
  if (typeof value !== 'string' || !VALUE.test(value) || /url|\/\*|\*\/|[\n\r\f]/i.test(value)) return false
  // What opens must close, or it would swallow the rules after it.
  let open = 0
  for (const bracket of value.replace(/[^()]/g, '').split('')) {
    open += bracket === '(' ? 1 : -1
    if (open < 0) return false
  }
  return open === 0 && ['"', "'"].every((mark) => (value.split(mark).length - 1) % 2 === 0)
}
