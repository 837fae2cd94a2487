import { quote } from '../diagnostic/words.ts'
import { METHOD_TOKEN, METHOD_WILDCARD, registeredMethod } from '../language/methods.ts'

const TOKEN = new RegExp(METHOD_TOKEN)

/** Why `$options.extraMethods` cannot name a method; undefined where it can. */
export function extraMethodProblem(
  written: string,
): { readonly message: string; readonly help: string } | undefined {
  const shown = quote(written)
  const registered = registeredMethod(written)
  if (registered !== undefined) {
    return {
      message: `${shown} is in the IANA registry`,
      help: `leave it out; ${quote(registered)} needs no declaration`,
    }
  }
  if (TOKEN.test(written) && !METHOD_WILDCARD.test(written)) return undefined
  return {
    message: `invalid method ${shown}`,
    help: 'write a token such as `PURGE` (RFC 9110, section 5.6.2)',
  }
}
