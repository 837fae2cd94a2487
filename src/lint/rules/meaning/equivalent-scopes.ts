import { SearchBudget } from '../../../automaton/search-budget.ts'
import { equalScopes } from '../../../analysis/equal-scopes.ts'
import { requestSetsOf } from '../../../analysis/request-sets.ts'
import { quote } from '../../../diagnostic/words.ts'
import type { RuleDefinition } from '../../rule.ts'

/** Time for all scopes together, and states of one search. */
const BUDGET = { milliseconds: 1_000, states: 20_000 }

export const equivalentScopes: RuleDefinition = {
  id: 'equivalent-scopes',
  severity: 'info',
  summary: 'two scopes that allow exactly the same requests',
  why:
    'People are asked twice for one thing, or in different words for the same power, and a change to one of the ' +
    'scopes is easily forgotten in the other. Where both names must stay, let one include the other. ' +
    'Proved for all requests; scopes without requests are not compared.',
  bad: `
files.read:
  label: Read your files
  endpoints:
    - files/*: GET
files.readonly:
  label: See what you have stored
  endpoints:
    - /files/*: [GET]
`,
  good: `
files.read:
  label: Read your files
  endpoints:
    - files/*: GET
files.write:
  label: Change your files
  endpoints:
    - files/*: PUT
`,
  check: ({ scopes, policy }, report) => {
    const open: string[] = []
    const byName = new Map(scopes.map((scope) => [scope.name, scope]))
    const groups = equalScopes(requestSetsOf(policy), new SearchBudget(BUDGET), (name) => open.push(name))
    for (const [firstName = '', ...names] of groups) {
      const first = byName.get(firstName)
      for (const name of names) {
        const scope = byName.get(name)
        if (first === undefined || scope === undefined) continue
        // To include one other scope and nothing else is to be its second name.
        const isAlias = [scope, first].some((one) => one.endpoints.length === 0)
        if (isAlias) continue
        report({
          span: scope.key.span,
          message: `scope ${quote(name)} allows exactly the same requests as scope ${quote(firstName)}`,
          help: `keep one of them, or write ${quote(`includes: [${firstName}]`)} instead of the endpoints if both names must stay`,
          related: { message: 'the other one is here', span: first.key.span },
        })
      }
    }
    if (open.length > 0) report.undecided(`whether ${open.length} scopes allow the same requests as others`)
  },
}
