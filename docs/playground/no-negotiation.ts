/** In place of the packages that match languages: the one that is asked for, where it is there. */

export function match(wanted: readonly string[], available: readonly string[], fallback: string): string {
  return wanted.find((language) => available.includes(language)) ?? fallback
}

/** Read by nothing here: a browser's header never reaches this page. */
export default class Negotiator {
  languages(): readonly string[] {
    return []
  }
}
