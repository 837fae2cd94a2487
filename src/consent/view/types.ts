/**
 * What a consent screen is made of: plain data without functions, so that it can go to a template, to
 * another process or into a session as it is.
 */
import type { ReadingOptions } from '../../language/options.ts'
import type { ChangedEndpoint, Witness } from '../../analysis/types.ts'
import type { Risk } from '../../policy/model.ts'

/** A string of the document in the language that was chosen for it. */
export interface ConsentText {
  readonly text: string
  /** BCP 47 tag; empty where the document does not say. */
  readonly lang: string
  readonly dir: 'ltr' | 'rtl' | 'auto'
}

/** How much of the API: `everything` is every path, for at least one method of the kind. */
export type Extent = 'nothing' | 'some' | 'everything'

/** A pattern in canonical form, with the methods granted on it, sorted. */
export interface AccessEndpoint {
  readonly pattern: string
  readonly methods: readonly string[]
}

/** What a scope lets through, with the scopes that it includes: exactly what `authorize` allows. */
export interface Access {
  /** GET and the other safe methods (RFC 9110 §9.2.1). */
  readonly reads: Extent
  /** POST, which also sends and starts things, and the few others that only add. */
  readonly creates: Extent
  /** PUT, PATCH and whatever is neither safe nor adds nor deletes. */
  readonly changes: Extent
  /** DELETE and its like. */
  readonly deletes: Extent
  /** Whether all four are `everything`. */
  readonly everything: boolean
  /** Each pattern once, in the order of the document. */
  readonly endpoints: readonly AccessEndpoint[]
  /** Patterns of names of the Model Context Protocol, each once; absent where there is none. */
  readonly tools?: readonly string[]
  /** Those of `tools` whose name does not say that they only read. */
  readonly toolsThatChange?: readonly string[]
  readonly resources?: readonly string[]
  readonly prompts?: readonly string[]
}

/** How request paths are read: what patterns mean depends on it. */
export interface AccessPaths extends ReadingOptions {
  /** Longer request paths are refused. */
  readonly pathLength: number
}

/** A tool as `tools/list` of the Model Context Protocol has it; other members are ignored. */
export interface McpTool {
  readonly name: string
  readonly title?: string | undefined
  readonly annotations?:
    | {
        readonly title?: string | undefined
        readonly readOnlyHint?: boolean | undefined
        readonly destructiveHint?: boolean | undefined
      }
    | undefined
}

/** A tool that a scope opens. */
export interface ConsentTool {
  readonly name: string
  /** As people read it, on one line and of bounded length; absent where the server gives none. */
  readonly title?: string
  /** Whether it may change data: by its annotations, and else by its name. */
  readonly changes: boolean
}

/** One scope as the person reads it. */
export interface ConsentScope {
  readonly scope: string
  readonly label: string
  /** Language and direction of the label. */
  readonly lang: string
  readonly dir: ConsentText['dir']
  readonly description?: ConsentText
  /**
   * As the document states. Where it states none, `high` if the scope deletes anything, or creates or changes
   * without limit, or may use all tools; else absent, because methods cannot show that a scope is harmless.
   */
  readonly risk?: Risk
  readonly access: Access
  /** The tools that it opens, in the order of the list; absent without the option `tools`. */
  readonly tools?: readonly ConsentTool[]
}

/** What a scope that was granted before allows today and did not then. */
export interface Widening {
  /** Empty where only a search ended undecided. */
  readonly added: readonly ChangedEndpoint[]
  /** A request that is new, if one is known. */
  readonly witness?: Witness
  /** Why it is not known whether there is more. */
  readonly undecided?: string
}

/** One line of the screen. */
export interface ConsentItem extends ConsentScope {
  /** Whether the person may refuse it on its own: the document says so, and refusing it changes something. */
  readonly optional: boolean
  /** Requested scopes that open nothing more than this one, and are granted with it. */
  readonly includes: readonly ConsentScope[]
  /**
   * Only of what the document marks as `optional`: requested scopes that open all that this one does, each
   * list a way to do so together. With `optional` it is granted as soon as the person agrees to all of a
   * list; without, it is in any case, and so no choice.
   */
  readonly includedIn?: readonly (readonly string[])[]
  /** Incremental consent only: the person has not decided about this scope before. */
  readonly new?: true
  /** Incremental consent only: what the person decided before. A page shows it as it is. */
  readonly earlier?: 'granted' | 'declined'
  /** Incremental consent only: it was granted before, and has come to mean more. */
  readonly widened?: Widening
}

export interface ConsentGroup {
  /** The heading; absent for scopes without a group. */
  readonly label?: ConsentText
  readonly items: readonly ConsentItem[]
}

export interface ConsentView {
  /** Stands for what is asked: an answer counts for the view with the same id only. */
  readonly id: string
  /** Fingerprint of the policy. */
  readonly fingerprint: string
  /** The language that most of the texts come in, or the first wanted one. */
  readonly locale: string
  /** Languages that the person reads, best first. */
  readonly languages: readonly string[]
  readonly paths: AccessPaths
  /** What to ask for, in the order of the document. */
  readonly groups: readonly ConsentGroup[]
  /** Requested scopes that were granted before and mean no more than then: not asked for again. */
  readonly granted: readonly ConsentScope[]
  /** Requested scopes that were declined before: neither asked for again nor granted. */
  readonly declined: readonly ConsentScope[]
  /** Requested scopes with `consent: implicit`: never listed, and granted with the others. */
  readonly implicit: readonly ConsentScope[]
  /**
   * Requested names that the policy does not have. They are never granted. Clients choose these names, so they
   * are for logs; a page only counts them.
   */
  readonly unknown: readonly string[]
  /** No item to decide about. A server may skip the page and grant `granted` and `implicit`. */
  readonly nothingToAsk: boolean
  /** Earlier decisions are shown again, to be changed or withdrawn. */
  readonly review?: true
}

/** What a person decided, as JSON: the evidence, and what later policies are compared with. */
export interface ConsentRecord {
  /** 2 where {@link ConsentRecord.origins} is needed to read the others. */
  readonly version: 1 | 2
  readonly fingerprint: string
  readonly scopes: readonly string[]
  /** By scope: the labels as they were shown; none of scopes that are granted without being listed. */
  readonly labels: Readonly<Record<string, { readonly text: string; readonly lang: string }>>
  readonly locale: string
  readonly paths: AccessPaths
  /** By scope: what it opened; names with the method of their kind, such as `tools/call`. */
  readonly access: Readonly<Record<string, readonly AccessEndpoint[]>>
  /** ISO 8601, UTC. */
  readonly at: string
  /** When the grants end (ISO 8601, UTC); absent where they do not. */
  readonly expires?: string
  /** Optional scopes that were left out; absent where there is none. */
  readonly declined?: readonly string[]
  /** Until when they are not asked for again (ISO 8601, UTC); absent where that has no end. */
  readonly declinedUntil?: string
  /** Of a merged record, by scope: what is not as the members of the same names say. */
  readonly origins?: Readonly<Record<string, ConsentOrigin>>
}

/** Where a scope of a merged record comes from. What is absent here is absent, whatever the record itself says. */
export interface ConsentOrigin {
  readonly fingerprint: string
  readonly locale: string
  readonly paths: AccessPaths
  readonly at: string
  readonly expires?: string
  readonly declinedUntil?: string
}

/** What became of the scopes of a record. */
export interface ConsentChange {
  /** Whether the scopes together allow more than was agreed to, the budget ended undecided, or a grant has expired. */
  readonly askAgain: boolean
  readonly change: 'none' | 'more' | 'undecided'
  /** A request that the scopes allow today and did not then. */
  readonly witness?: Witness
  /** Scopes that mean more, each on its own; in the order of the record. */
  readonly scopes: readonly ({ readonly scope: string } & Widening)[]
  /** Scopes whose label is another one today, in the language in which it was shown. */
  readonly relabelled: readonly string[]
  /** Scopes that the policy no longer has. */
  readonly removed: readonly string[]
  /** Scopes whose grant has ended; absent where there is none. */
  readonly expired?: readonly string[]
}
