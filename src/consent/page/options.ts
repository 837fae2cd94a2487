import type { OwnStrings } from '../strings/index.ts'
import type { ConsentThemes } from './theme.ts'

/**
 * The client that asks, as it is registered (RFC 7591 §2). All of it is shown as text of others; members
 * that are not listed here are ignored.
 */
export interface ConsentClient {
  /** Not blank. */
  readonly name: string
  readonly logo?: string | undefined
  /** Pages of the client. */
  readonly uri?: string | undefined
  readonly policy?: string | undefined
  readonly terms?: string | undefined
}

export interface PageOptions extends ConsentThemes {
  /** Where the answer is sent by POST: `http`, `https` or relative. */
  readonly action: string
  readonly client: ConsentClient
  /** Sent along as they are: a CSRF token, the id of the interaction. */
  readonly hiddenFields?: Readonly<Record<string, string>> | undefined
  /** Who is signed in. */
  readonly account?: string | undefined
  /**
   * Where the person will go: its host is shown, and the Content-Security-Policy lets the form get there.
   * An absolute URL of `http` or `https`, or of a scheme of an app, which has a dot in it (RFC 8252 §7.1:
   * `com.example.app:/callback`); of these the scheme is shown.
   */
  readonly redirectUri?: string | undefined
  /** Other places that the answer passes on the way there, as far as they are of other origins. Relative, or as `redirectUri`. */
  readonly redirectsThrough?: readonly string[] | undefined
  /** `page` is a whole document with its style sheet; `fragment` is the form alone. Default: `page`. */
  readonly as?: 'page' | 'fragment' | undefined
  /** For the style sheet of a page; without one the Content-Security-Policy names its hash. */
  readonly nonce?: string | undefined
  /** Texts of the frame by language; they replace ours or add a language. */
  readonly strings?: OwnStrings | undefined
  /** Endpoints that are listed for each scope; the others are counted. Default: 20, `Infinity` lists all. */
  readonly endpoints?: number | undefined
}
