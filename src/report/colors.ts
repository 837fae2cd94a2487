/** Functions that color text, or leave it alone: `util.styleText`, without its look at the process. */
import { styleText } from 'node:util'

const STYLES = ['bold', 'dim', 'red', 'green', 'yellow', 'blue', 'cyan'] as const

export type Colors = Readonly<Record<(typeof STYLES)[number], (text: string) => string>>

export function createColors(enabled: boolean): Colors {
  const paint = STYLES.map((style) => {
    const colored = (text: string): string => styleText(style, text, { validateStream: false })
    return [style, enabled ? colored : (text: string) => text] as const
  })
  return Object.fromEntries(paint) as Colors
}
