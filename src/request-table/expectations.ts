/**
 * The expectations of a table, held against the policy one by one.
 *
 * A row with a list of scopes is one expectation for each of them, and one more: that no token without any
 * of them is allowed. That last one takes a single decision, with all other scopes together, because one
 * more scope never takes access away.
 */
import { quote } from '../diagnostic/words.ts'
import { printCanonical } from '../pattern/canonical.ts'
import { isNameMethod } from '../language/scope-fields.ts'
import type { Refusal } from '../pattern/request-path.ts'
import { UNREACHABLE } from '../pattern/unreachable.ts'
import type { Grant } from '../decision/types.ts'
import type { TableFinding } from './codes.ts'
import type { Coverage } from './coverage.ts'
import { denialOf, denialText, readTarget } from './denial.ts'
import type { RefusedRow, RequestTable, Row, ScopesRow, TokenRow, Written } from './model.ts'
import type { Subject } from './subject.ts'
import { allowedTogether } from './together.ts'

/** One expectation, in words, and what is to say when the policy decides otherwise. */
export interface Expectation {
  readonly name: string
  readonly finding?: TableFinding
}

/** Scopes named in one finding; the others are counted. */
const MAX_NAMED = 3
/** Max explanations; further failures are only reported. */
const MAX_EXPLAINED = 200
/** Different lists of scopes whose complement is kept. */
const SUBJECT_CACHE_SIZE = 64

/** Reports to `coverage` every request that is allowed as expected. */
export function checkTable(
  table: RequestTable,
  subject: Subject,
  coverage: Coverage,
): readonly Expectation[] {
  const check = new TableCheck(subject, coverage)
  return table.rows.flatMap((row) => check.row(row))
}

class TableCheck {
  readonly #subject: Subject
  readonly #coverage: Coverage
  /** Grants of all scopes but those of a list. */
  readonly #others = new Map<string, Grant>()
  #explanations = 0

  constructor(subject: Subject, coverage: Coverage) {
    this.#subject = subject
    this.#coverage = coverage
  }

  row(row: Row): readonly Expectation[] {
    return row.request.methods.flatMap((method) => {
      const { refusal } = readTarget(this.#subject, method.text, row.request.target)
      const asked = new Asked(method, row)
      if (row.kind === 'scopes') return this.#scopes(row, asked, refusal)
      return [row.kind === 'refused' ? this.#refused(row, asked, refusal) : this.#token(row, asked)]
    })
  }

  #scopes(row: ScopesRow, asked: Asked, refusal: Refusal | undefined): readonly Expectation[] {
    const { method, target } = asked
    const { authorize } = this.#subject.policy
    const allowed = row.scopes.filter(({ text }) => authorize([text], method, target))
    for (const { text } of allowed) this.#coverage.add([text], method, target)
    const holds = new Set(allowed)
    const listed = row.scopes.map((scope): Expectation => {
      const name = `${asked.text} is allowed to ${scope.text}`
      if (holds.has(scope)) return { name }
      const finding = refusal === undefined ? this.#denied(asked, scope) : refusedPath(asked, refusal)
      return { name, finding }
    })
    const nobody = row.scopes.length === 0
    const name = `${asked.text} is ${nobody ? 'denied to every scope' : 'denied to all other scopes'}`
    if (!this.#othersThan(row.scopes).authorize(method, target)) return [...listed, { name }]
    return [...listed, { name, finding: this.#unlisted(row, asked) }]
  }

  /** A scope of the list that does not allow the request. */
  #denied(asked: Asked, { text, span }: Written): TableFinding {
    const fact = `${asked.shown} is denied to scope ${quote(text)}`
    const help = `remove ${quote(text)} from the list, or grant this in the policy`
    return failed(span, `${fact}${this.#why([text], asked)}`, help)
  }

  /** Scopes that are not on the list and allow the request, alone or together. */
  #unlisted(row: ScopesRow, { method, target, shown, span }: Asked): TableFinding {
    if (this.#subject.policy.authorize([], method, target)) {
      const help = 'write a row with `scopes: []` and `expect: allow` in its place'
      return failed(span, `${shown} is allowed to every token, by the baseline`, help)
    }
    const listed = new Set(namesOf(row.scopes))
    const extra = this.#subject.allowedTo(method, target).filter((name) => !listed.has(name))
    const [one] = extra
    const also = listed.size > 0 ? 'also allowed' : 'allowed'
    if (one === undefined) {
      const others = this.#subject.names.filter((name) => !listed.has(name))
      const pair = allowedTogether(this.#subject.policy, others, method, target) ?? []
      return failed(
        span,
        `${shown} is allowed to a token with ${pair.map(quote).join(' and ')}, though to none of them alone`,
        isNameMethod(method) || this.#subject.policy.combinations.size > 0
          ? 'write a row with `scopes:` and `expect: allow` for them in its place'
          : 'a path that ends in `/` is granted where it is granted without the slash, too; narrow one of them',
      )
    }
    const help =
      extra.length === 1
        ? `add ${quote(one)} to the list if that is meant, or narrow the endpoint in the policy`
        : 'add them to the list if that is meant, or narrow the endpoints in the policy'
    return failed(span, `${shown} is ${also} to ${this.#named(extra, method, target)}`, help)
  }

  #refused(row: RefusedRow, asked: Asked, refusal: Refusal | undefined): Expectation {
    const { rule, request } = row
    const name = `${asked.text} is refused${rule === undefined ? '' : ` by ${rule.text}`}`
    if (refusal === undefined) {
      const reading = readTarget(this.#subject, asked.method, asked.target)
      const path = reading.refusal === undefined ? reading.path : null
      const read =
        path === null ? 'lies outside of the base path' : `is read as ${quote(printCanonical(path))}`
      const message = `${asked.shown} is not refused: its path ${read}`
      return { name, finding: failed(request.span, message, 'list the scopes that may, `[]` for none') }
    }
    if (rule === undefined || rule.text === refusal) return { name }
    const message = `${asked.shown} is refused by the rule ${quote(refusal)}, not by ${quote(rule.text)}`
    return { name, finding: failed(rule.span, message, `write ${quote(refusal)}`) }
  }

  #token(row: TokenRow, asked: Asked): Expectation {
    const { method, target, shown } = asked
    const scopes = namesOf(row.scopes)
    const token = scopes.length === 0 ? 'a token without scopes' : `a token with ${scopes.join(' ')}`
    const name = row.name ?? `${asked.text} is ${row.expect === 'allow' ? 'allowed' : 'denied'} to ${token}`
    const { policy } = this.#subject
    if (!policy.authorize(scopes, method, target)) return { name, ...this.#deniedToken(row, asked) }
    if (row.expect === 'deny') {
      const by = scopes.filter((scope) => policy.authorize([scope], method, target))
      const together = by.length > 0 ? `by ${this.#named(by, method, target)}` : 'by these scopes together'
      const what = policy.authorize([], method, target) ? 'to every token, by the baseline' : together
      const help = 'write `expect: allow` if that is meant, or narrow the policy'
      return { name, finding: failed(asked.span, `${shown} is allowed ${what}`, help) }
    }
    this.#coverage.add(scopes, method, target)
    return { name, ...this.#grantedBy(row, asked) }
  }

  #deniedToken(row: TokenRow, asked: Asked): Pick<Expectation, 'finding'> {
    const { method, target, shown, span } = asked
    const scopes = namesOf(row.scopes)
    if (row.expect === 'allow') {
      const help = 'write `expect: deny` if that is meant, or grant it in the policy'
      return { finding: failed(span, `${shown} is denied to this token${this.#why(scopes, asked)}`, help) }
    }
    if (row.reason === undefined) return {}
    const { reason, refusal } = denialOf(this.#subject, scopes, method, target)
    if (row.reason.text === reason || row.reason.text === refusal) return {}
    const is = refusal ?? reason
    const message = `${shown} is denied for the reason ${quote(is)}, not ${quote(row.reason.text)}`
    return { finding: failed(row.reason.span, message, `write ${quote(is)}`) }
  }

  /** Whether exactly the scopes that `by` names allow the request alone. */
  #grantedBy({ by, scopes }: TokenRow, asked: Asked): Pick<Expectation, 'finding'> {
    if (by === undefined) return {}
    const { method, target, shown, span } = asked
    const { authorize } = this.#subject.policy
    const wrong = by.find(({ text }) => !authorize([text], method, target))
    if (wrong !== undefined) {
      const fact = `${shown} is not allowed by scope ${quote(wrong.text)}`
      const help = 'name the scopes of the token that allow it alone'
      return { finding: failed(wrong.span, `${fact}${this.#why([wrong.text], asked)}`, help) }
    }
    const named = new Set(namesOf(by))
    const other = namesOf(scopes).find((name) => !named.has(name) && authorize([name], method, target))
    if (other === undefined) return {}
    const message = `${shown} is also allowed by scope ${quote(other)}${this.#by(other, method, target)}`
    return { finding: failed(span, message, 'name it in `by`, too, if that is meant') }
  }

  /** Why a request is denied, after a colon; empty beyond the number of explanations. */
  #why(scopes: readonly string[], { method, target }: Asked): string {
    const why = this.#explained(() => denialText(this.#subject, scopes, method, target))
    return why === undefined ? '' : `: ${why}`
  }

  /** The first of the scopes, each with the endpoint by which it allows the request. */
  #named(scopes: readonly string[], method: string, target: string): string {
    const named = scopes.slice(0, MAX_NAMED).map((name) => `${quote(name)}${this.#by(name, method, target)}`)
    if (scopes.length > MAX_NAMED) named.push(`${scopes.length - MAX_NAMED} more`)
    return `${scopes.length === 1 ? 'scope' : 'scopes'} ${listing(named)}`
  }

  /** By which endpoint a scope allows the request. */
  #by(scope: string, method: string, target: string): string {
    const found = this.#explained(() => this.#subject.grantedBy(scope, method, target))
    if (found === undefined) return ''
    const place = this.#subject.placeOf(found.endpoint)
    return ` by endpoint ${quote(found.endpoint.pattern)}${place === undefined ? '' : ` at ${place}`}`
  }

  #explained<T>(explain: () => T): T | undefined {
    this.#explanations += 1
    return this.#explanations > MAX_EXPLAINED ? undefined : explain()
  }

  #othersThan(scopes: readonly Written[]): Grant {
    const key = namesOf(scopes).sort().join(' ')
    const known = this.#others.get(key)
    if (known !== undefined) return known
    const listed = new Set(namesOf(scopes))
    const grant = this.#subject.policy.grant(this.#subject.names.filter((name) => !listed.has(name)))
    if (this.#others.size >= SUBJECT_CACHE_SIZE) this.#others.clear()
    this.#others.set(key, grant)
    return grant
  }
}

/** One request of a row. */
class Asked {
  readonly method: string
  readonly target: string
  readonly text: string
  readonly shown: string
  /** What to underline: the method where there are several, else the whole request. */
  readonly span: Written['span']
  readonly request: Row['request']

  constructor(method: Written, { request }: Row) {
    this.method = method.text
    this.target = request.target
    this.text = `${method.text} ${request.target}`
    this.shown = quote(this.text)
    this.span = request.methods.length > 1 ? method.span : request.span
    this.request = request
  }
}

function failed(span: Written['span'], message: string, help: string): TableFinding {
  return { code: 'expectation-failed', span, message, help }
}

function namesOf(scopes: readonly Written[]): string[] {
  return scopes.map(({ text }) => text)
}

/** `a, b and c` */
function listing(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1) ?? ''}`
}

/** Of a row with a path that is refused, whatever it lists; the same for every scope. */
function refusedPath({ shown, request }: Asked, refusal: Refusal): TableFinding {
  return failed(
    request.span,
    `${shown} is refused whatever the scopes: ${UNREACHABLE[refusal][0]}`,
    `write \`{ refused: ${refusal} }\` in place of the list, or another path`,
  )
}
