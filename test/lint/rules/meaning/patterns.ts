/** For tests of rules about single patterns: a document with these items, one in each line. */
export function withPatterns(items: readonly string[], options = ''): string {
  const head = options === '' ? '' : `$options: {${options}}\n`
  return `${head}s:\n  label: x\n  endpoints:\n${items.map((item) => `    - ${item}\n`).join('')}`
}
