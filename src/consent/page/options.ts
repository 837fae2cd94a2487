import type { OwnStrings } from '../strings/index.ts'
import type { ConsentThemes } from './theme.ts'

/**
 * The client that asks, as it is registered (RFC 7591 §2). Names lose what is invisible or turns the direction,
 * and are cut at 60 characters; members that are not listed here are ignored.
 */
export interface ConsentClient {
  /** Not space. */
  readonly name: string
  /** A URL of `http` or `https`, relative, or `data:image/png;base64,…` and the like. */
  readonly logo?: string | undefined
  /** Whether you have checked who runs it. Unless `true`, the page states that it was not checked. */
  readonly verified?: boolean | undefined
  /** Who registered it, as you know it: not what the client says of itself. */
  readonly owner?: string | undefined
  /** Shown unless the client is verified. */
  readonly id?: string | undefined
  /** Pages of the client. */
  readonly uri?: string | undefined
  readonly policy?: string | undefined
  readonly terms?: string | undefined
}

/** The service whose data it is about. */
export interface ConsentService {
  readonly name: string
  readonly logo?: string | undefined
}

/** Who is signed in. */
export interface ConsentAccount {
  readonly name: string
  /** Where to sign in as somebody else. */
  readonly switchUrl?: string | undefined
}

/** What all pages have. */
export interface FrameOptions extends ConsentThemes {
  /** Where the answer is sent by POST: `http`, `https` or relative. */
  readonly action: string
  readonly service?: ConsentService | undefined
  /** Who is signed in. */
  readonly account?: string | ConsentAccount | undefined
  /** Sent along as they are: a CSRF token, the id of the interaction. */
  readonly hiddenFields?: Readonly<Record<string, string>> | undefined
  /** `page` is a whole document with its style sheet; `fragment` is the content alone. Default: `page`. */
  readonly as?: 'page' | 'fragment' | undefined
  /** For the style sheet of a page; without one the Content-Security-Policy names its hash. */
  readonly nonce?: string | undefined
  /** Strings of the frame by language; they replace ours or add a language. */
  readonly strings?: OwnStrings | undefined
}

export interface PageOptions extends FrameOptions {
  readonly client: ConsentClient
  /**
   * Where the person will go: its host is shown, and the Content-Security-Policy lets the form get there.
   * An absolute URL of `http`, `https` or the private-use scheme of an app (RFC 8252 §7.1); of the latter the
   * scheme is shown. Schemes such as `javascript` and `data` are refused.
   */
  readonly redirectUri?: string | undefined
  /** Other places that the answer passes on the way there, as far as they are of other origins. Relative, or as `redirectUri`. */
  readonly redirectsThrough?: readonly string[] | undefined
  /** The only schemes that `redirectUri` and `redirectsThrough` may have, such as `['https', 'com.example.app']`. */
  readonly allowSchemes?: readonly string[] | undefined
  /** Where access can be removed later. */
  readonly manage?: string | undefined
  /** Whether endpoints are listed, for readers who are developers. Default: only if `endpoints` is given. */
  readonly details?: boolean | undefined
  /** Endpoints that are listed for each scope; the others are counted. Default: 20, `Infinity` lists all, 0 none. */
  readonly endpoints?: number | undefined
  /** A page to look at: it cannot be posted. Default: false. */
  readonly preview?: boolean | undefined
}
