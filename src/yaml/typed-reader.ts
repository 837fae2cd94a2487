/**
 * From the tree of a file to values: mappings with known fields, lists, strings, words. What is wrong is reported
 * at its place, with "did you mean"; what an error of YAML hides is left out without another finding.
 *
 * Each file gives its codes and its words (`shown`: what the value is called in a message). A value that is not
 * what it should be is undefined, or empty where it is a list: callers need no second check, since a file with any
 * error is not used at all.
 */
import type { Finding } from '../diagnostic/report.ts'
import { quote, suggest } from '../diagnostic/words.ts'
import { mustBe, mustBeOneOf } from './must-be.ts'
import { type Entry, isNull, type Node, type ScalarNode } from './node.ts'

/** A value, with its key where it has one. */
export type Place = Pick<Entry, 'value'> & Partial<Entry>

export interface FaultCodes<Code extends string> {
  readonly unknownField: Code
  /** Another kind of value than belongs there. */
  readonly wrongType: Code
  /** Nothing where something belongs; also `wrongType` in most files. */
  readonly nullValue: Code
  /** A word that is not among the allowed ones. */
  readonly invalidValue: Code
}

export class TypedReader<Code extends string> {
  /** Whether something was left out because of an error of YAML that has been reported. */
  incomplete = false
  readonly #report: (finding: Finding<Code>) => void
  readonly #codes: FaultCodes<Code>

  constructor(report: (finding: Finding<Code>) => void, codes: FaultCodes<Code>) {
    this.#report = report
    this.#codes = codes
  }

  /** The known fields of a mapping by name; of a missing value none. */
  fields(
    place: Place | undefined,
    shown: string,
    known: readonly string[],
    help: string = `write ${quote(`${known[0] ?? ''}:`)} and others below it, indented`,
  ): ReadonlyMap<string, Entry> {
    const fields = new Map<string, Entry>()
    for (const entry of this.entries(place, shown, help)) {
      const { key } = entry
      if (known.includes(key.text)) fields.set(key.text, entry)
      else if (!key.text.startsWith('x-')) this.unknownField(key, shown, known)
    }
    return fields
  }

  /** The entries of a mapping whose names are the user's; of a missing value none. */
  entries(place: Place | undefined, shown: string, help: string): readonly Entry[] {
    if (place === undefined) return []
    if (place.value.unread) this.incomplete = true
    if (place.value.kind === 'map') return place.value.entries
    this.wrong(place, shown, 'a mapping', help)
    return []
  }

  /** The items of a list; of a missing value none. */
  items(place: Place | undefined, shown: string, help: string): readonly Node[] {
    if (place === undefined) return []
    if (place.value.kind === 'list') return place.value.items
    this.wrong(place, shown, 'a list', help)
    return []
  }

  /** A string that is not empty. */
  string(
    place: Place,
    shown: string,
    wanted = 'a string',
    help: string = `write ${wanted}`,
  ): ScalarNode | undefined {
    const { value } = place
    if (value.kind === 'scalar' && !isNull(value) && value.text !== '' && !value.unread) return value
    this.wrong(place, shown, wanted, help)
    return undefined
  }

  /** One string, or a list of them. */
  strings(place: Place, shown: string): readonly string[] | undefined {
    const { value } = place
    const nodes = value.kind === 'list' ? value.items : [value]
    const wanted = 'a string, or a list of strings'
    if (nodes.length === 0) {
      const { span } = value
      this.#report({
        code: this.#codes.nullValue,
        span,
        message: `${shown} is empty`,
        help: 'write at least one',
      })
      return undefined
    }
    const strings = nodes.flatMap((node) => {
      const of = value.kind === 'list' ? { value: node } : place
      return this.string(of, shown, wanted)?.text ?? []
    })
    return strings.length === nodes.length ? strings : undefined
  }

  word<Word extends string>(place: Place, shown: string, allowed: readonly Word[]): Word | undefined {
    const { value } = place
    const found = value.kind === 'scalar' ? allowed.find((word) => word === value.text) : undefined
    if (found === undefined && !this.#hides(value))
      this.#report(mustBeOneOf(misfit(place), this.#codes.invalidValue, shown, allowed))
    return found
  }

  unknownField(key: ScalarNode, shown: string, known: readonly string[]): void {
    const message = `unknown field ${quote(key.text)} of ${shown}`
    const help = suggest(key.text, known)
    this.#report({ code: this.#codes.unknownField, span: key.span, message, help })
  }

  /** The value is not `wanted`. */
  wrong(place: Place, shown: string, wanted: string, help: string): void {
    if (this.#hides(place.value)) return
    const code = isNull(place.value) ? this.#codes.nullValue : this.#codes.wrongType
    this.#report(mustBe(misfit(place), code, shown, wanted, help))
  }

  #hides(value: Node): boolean {
    if (value.unread) this.incomplete = true
    return value.unread === true
  }
}

function misfit({ key, value }: Place): { readonly node: Node; readonly key: ScalarNode | undefined } {
  return { node: value, key }
}
