/**
 * Resource templates (RFC 6570), as they are judged: a token may use a template when it may read whatever the
 * template can become. Each variable is replaced by a word that no policy has literally, so that only a `*`
 * of a pattern can have matched it, and a `*` matches whatever else comes in its place.
 */
const EXPRESSION = /\{([+#./;?&]?)([^{}]*)\}/g
/** Not a word anyone writes into a pattern; without characters that have a meaning in URIs. */
const ANY_VALUE = 'scope-policy-any-value-6f1c9a'

/** A URI with all that the template can become; the template itself when it has no variables. */
export function generalUri(template: string): string {
  return template.replace(EXPRESSION, (_, operator: string, names: string) => {
    const [first = ''] = names.split(',', 1)
    const name = first.replace(/(?:\*|:\d+)$/, '')
    switch (operator) {
      case '?':
      case '&':
      case ';':
        return `${operator}${name}=${ANY_VALUE}`
      case '/':
      case '.':
      case '#':
        return `${operator}${ANY_VALUE}`
      default:
        return ANY_VALUE
    }
  })
}
