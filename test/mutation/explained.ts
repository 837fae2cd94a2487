/**
 * Mutants that no test can find, each under the reason why it changes no answer, as the report prints them.
 */
export const EXPLAINED: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  'pattern/canonical': {
    'behind the end of a string is NaN, which is no escape and no digit': [
      '`at < raw.length` as `at <= raw.length`',
      '`at < text.length` as `at <= text.length`',
    ],
    'a short cut: without it the long way gives the same text': ['`copied === 0` as `false`'],
    'what is no digit is told by any number outside of 0 to 15 that no caller can take for one': [
      '`unit >= 0x30` as `true`',
      '`letter >= 0x61` as `true`',
      '`-1` as `+1`',
      '`high < 0` as `false`',
    ],
  },
  'pattern/charset': {
    'behind the end of a set there is no range that contains or touches anything': [
      '`at < set.length` as `at <= set.length`',
    ],
  },
  'pattern/clean': {
    'behind the end is NaN, which is a character without a meaning': ['`at < end` as `at <= end`'],
    'without the flag the search begins at the start of the path, and finds only more to look at': [
      '`\'g\'` as `""`',
    ],
  },
  'pattern/request-path': {
    'what nothing was taken off ends in no dot segment: that was refused before': [
      '`trimmed.length < path.length` as `true`',
      '`trimmed.length < path.length` as `trimmed.length <= path.length`',
    ],
    'a short cut: the other forms do not begin with a slash': ["`raw.startsWith('/')` as `false`"],
    'an encoded slash or delimiter is in the text only where it is data: it was refused before': [
      "`rules.encodedSlash === 'data'` as `true`",
      "`rules.delimiters === 'data'` as `true`",
    ],
  },
  'pattern/segment-pattern': {
    'a set of several ranges that is read as an end of one begins with more than one character': [
      '`set.length === 2` as `true`',
    ],
    'of equal stars in a row it is all the same which one is kept': ['`index - 1` as `index + 1`'],
    'nothing but a set has a set of its own': ["`item.item.kind === 'set'` as `true`"],
  },
  'pattern/unreachable': {
    'a short cut: in what is ordinary the long way finds no mistake': ['`isOrdinary(body)` as `false`'],
  },
  'matcher/build': {
    'a memory of what would be found again': ['`this.#setIds.set(methods, id)` as `;`'],
  },
  'matcher/find-run': {
    'a shorter or longer head costs time, and the search for all of the run finds the same place': [
      '`run.slice(0, SHORT)` as `run`',
      '`run.length <= SHORT || path.startsWith(run, at)` as `run.length <= SHORT && path.startsWith(run, at)`',
      '`run.length <= SHORT || path.startsWith(run, at)` as `false`',
      '`run.length <= SHORT` as `false`',
      '`run.length <= SHORT` as `run.length < SHORT`',
    ],
    'a table that is not needed': [
      '`fold || run.length > SHORT` as `true`',
      '`run.length > SHORT` as `run.length >= SHORT`',
    ],
    'writing behind the end of a typed array does nothing': ['`at < run.length` as `at <= run.length`'],
  },
  'matcher/method-sets': {
    'a short cut: the set of the methods of both is that set': ['`a === b` as `false`'],
  },
  'matcher/run-automaton': {
    'a short cut: from no state no other is reached': ['`found === 0` as `false`'],
  },
  'matcher/walk': {
    'a short cut: behind the end of the path the next node asks for more than there is': [
      '`at === start` as `false`',
      '`at === end` as `false`',
    ],
    'no child is where its parent is': ['`child < 0` as `child <= 0`'],
    'behind a run, which is not empty, no place is 0': ['`at >= 0` as `at > 0`'],
  },
  'automaton/accepted-paths': {
    'what follows an escape that is no escape yet does not look at the segment': ['`\'name\'` as `""`'],
    'a refused text is the raw one, which begins with a percent sign': ['`refusal !== undefined` as `false`'],
    'the kept escape of byte 0 is refused': [
      '`text.charCodeAt(0) < ESCAPE_BASE` as `text.charCodeAt(0) <= ESCAPE_BASE`',
    ],
    'characters beyond ASCII are refused like any other that paths do not have': [
      '`0x7f - 0x21` as `0x7f + 0x21`',
    ],
  },
  'automaton/glob-trie': {
    'any text will do for the letters that no pattern spells': ['`\'\'` as `"Stryker was here!"`'],
  },
  'automaton/inclusion': {
    'behind the end of a set is NaN, a letter that no set has': ['`at < set.length` as `at <= set.length`'],
  },
  'automaton/letters': {
    'the kept escape of byte 0 is no letter': [
      '`(LETTERS[letter] ?? 0) >= ESCAPE_BASE` as `(LETTERS[letter] ?? 0) > ESCAPE_BASE`',
    ],
  },
  'automaton/nfa': {
    'nodes are numbered from 1 then': ['`[]` as `["Stryker was here"]`'],
    'a short cut: from no state no other is reached': ['`next.length === 0` as `false`'],
    'another number that is as good for each pair': ['`id * DUTIES + duty` as `id * DUTIES - duty`'],
    'of two ranges that end together either may be left first': [
      '`(a[i + 1] ?? 0) < (b[j + 1] ?? 0)` as `(a[i + 1] ?? 0) <= (b[j + 1] ?? 0)`',
    ],
  },
  'automaton/nfa-union': {
    'any text between the digits tells the same letters apart': ['`\'\'` as `"Stryker was here!"`'],
    'memories of what would be made again': [
      '`signatures.set(unit, known)` as `;`',
      '`nfas.set(pattern, known)` as `;`',
    ],
  },
  'automaton/product-search': {
    'a way that nobody has reached is not the shortest to anywhere': ['`[]` as `["Stryker was here"]`'],
    'what is not looked for is not deleted from what is': ['`goal !== undefined` as `true`'],
    'another number that is as good for each pair': [
      '`(a.classes[letter] as number) * LETTERS.length` as `(a.classes[letter] as number) / LETTERS.length`',
      '`(a.classes[letter] as number) * LETTERS.length + (b.classes[…` as `(a.classes[letter] as number) * LETTERS.length - (b.classes[…`',
    ],
  },
  'automaton/template-automaton': {
    'any text will do for the letters that are not spelled': ['`\'\'` as `"Stryker was here!"`'],
    'from a letter that is none nothing leads to a path': ['`letter < 0` as `false`'],
  },
  'automaton/request-automaton': {
    'from a letter that is none nothing leads to a path': ['`letter < 0` as `false`'],
    'no extension has this in front of its dot, nor is any text but its beginning compared': [
      '`\'\'` as `"Stryker was here!"`',
    ],
    'an ending of 0 gives no hope': ['`dropped >= 0` as `dropped > 0`'],
    'the judgement is compared with the other one only': ['`\'decision\'` as `""`'],
    'of the base path some letters are read, or the path allows nothing': ['`base >= 0` as `base > 0`'],
  },
  'decision/authorize': {
    'after the end of a list there is no method, no number and no name': [
      '`number < methods.length` as `number <= methods.length`',
      '`index < ids.length` as `index <= ids.length`',
      '`index < scopes.length` as `index <= scopes.length`',
    ],
    'a short cut: no set has a row for a method that nothing grants': ['`number < 0` as `false`'],
    'a short cut: no word of the filters belongs to a scope that the policy does not know': [
      '`id === undefined` as `false`',
    ],
    'a short cut: what the filters would have rejected matches nothing': [
      '`!mayMatch(hot, (id * methods.length + number) * FILTER_WORDS, beginni…` as `false`',
      '`((anchored | ((hot[row + 2] as number) >>> ending)) & 1) !==…` as `true`',
      '`tables.scopes.length > SCAN_THRESHOLD` as `true`',
      '`tables.scopes.length > SCAN_THRESHOLD` as `tables.scopes.length >= SCAN_THRESHOLD`',
    ],
    'a short cut: what patterns spell is clean, so looking at all of it finds no more': [
      '`escapes` as `true`',
      '`tables.escapes || basePath !== printCanonical(basePath)` as `true`',
      '`matched === LITERAL` as `false`',
    ],
    'a short cut: from where no path begins nothing is matched, and what has an escape goes the long way': [
      '`start < 0` as `false`',
      '`-1` as `+1`',
    ],
    'a short cut: without extensions none is taken off': ['`extensions.length === 0` as `false`'],
    'the long way has the same answer': [
      '`end < 0` as `end <= 0`',
      '`{ if (Array.isArray(scopes) && scopes.length <= MANY_NAMES) …` as `{}`',
      '`Array.isArray(scopes) && scopes.length <= MANY_NAMES` as `false`',
      '`scopes.length <= MANY_NAMES` as `scopes.length < MANY_NAMES`',
      '`{ // A proxy in the place of a list may throw; whatever it i…` as `{}`',
    ],
    'a name that is not in the policy': ['`[]` as `["Stryker was here"]`'],
    'where the query begins there is no escape': ['`escape < end` as `escape <= end`'],
  },
  'openapi/compare/agreement': {
    'no scope has this name, and a string is no alternative': ['`[]` as `["Stryker was here"]`'],
  },
  'openapi/read/security': {
    'either of two checks is enough for the answer, the other is for the compiler': [
      '`scopesFrom === undefined` as `false`',
    ],
    'a string is no alternative': ['`[]` as `["Stryker was here"]`'],
    'a list of one scope is the same list': ['`scopes.length > 1` as `scopes.length >= 1`'],
    'empty names are left out': ['`/[\\s,]+/` as `/[\\s,]/`'],
  },
  'openapi/compare/endpoint-list': {
    'there is an element at each of these places; the other value is for the compiler': [
      '`[]` as `["Stryker was here"]`',
      '`this.own[index]?.endpoint` as `this.own[index].endpoint`',
      '`owners[idOf(endpoint.pattern)]?.push` as `owners[idOf(endpoint.pattern)].push`',
      '`grants[idOf(endpoint.pattern)]?.push` as `grants[idOf(endpoint.pattern)].push`',
    ],
    'a pattern that nothing asks for: it has no endpoint': ['`[]` as `["Stryker was here"]`'],
  },
  'openapi/compare/plain-intersection': {
    'there is an element at each of these places; the other value is for the compiler': ['`-1` as `+1`'],
    'memory that is larger than needed': [
      '`seen.length < size` as `true`',
      '`seen.length < size` as `seen.length <= size`',
    ],
    'another number for each search': ['`stamp += 1` as `stamp -= 1`'],
    'a short cut: a state that is settled is skipped when its turn comes': [
      '`seen[state] === stamp` as `false`',
    ],
    'after the end of a list there is nothing': [
      '`length < levels.length` as `length <= levels.length`',
      '`at < level.length` as `at <= level.length`',
    ],
    'from a state that is none nothing leads to the end': ['`[]` as `["Stryker was here"]`'],
    'a parameter is some characters and one, or one and some': ['`(place & 1) === 1` as `(place & 1) !== 1`'],
    'a short cut: a longer value of a parameter finds no shorter path': [
      '`other === STAR_UNIT && inside` as `false`',
    ],
    'the kept escape of byte 0 is refused': [
      '`unit >= ESCAPE_BASE` as `unit > ESCAPE_BASE`',
      '`unit >= 0` as `unit > 0`',
    ],
    'the first state has no letter': ['`state >= 0` as `state > 0`'],
    'no character of a path has this number': ['`-2` as `+2`', '`-3` as `+3`'],
  },
  'openapi/compare/plain-operation': {
    'the template has a piece, or there is no operation': ['`last !== undefined` as `true`'],
    'a short cut: what asks for a slash ends in one, and no path does here': [
      "`slash === 'asks'` as `false`",
      '`\'asks\'` as `""`',
      "`slash !== 'asks'` as `true`",
    ],
    'a short cut: what takes no slash matches no text that ends in one': [
      "`slash === 'none'` as `false`",
      '`\'none\'` as `""`',
    ],
    'a letter that is none is refused by the path rules': ['`fresh === null` as `false`'],
    'the path begins with the base path': ['`reading.path === null` as `false`'],
    'what the template ends in, each of its paths ends in; this asks a second time': [
      '`(reading.withoutSlash === undefined) === !this.twoReadings` as `true`',
    ],
  },
  'openapi/compare/plain-pattern': {
    'an expression with items has a last one': ['`last === undefined` as `false`', '`false` as `true`'],
    'a sequence that ends in a slash asks for it, which is found out before': [
      "`expression.kind === 'choice'` as `true`",
    ],
    'of a plain pattern no other choice ends in a set': ["`last.set.join() === '47,47'` as `true`"],
    'the kept escape of byte 0 is refused': [
      '`char.charCodeAt(0) >= ESCAPE_BASE` as `char.charCodeAt(0) > ESCAPE_BASE`',
    ],
  },
  'openapi/compare/segments': {
    'a short cut: each segment of a pattern takes at least one of the template': [
      '`!crossing && template.length !== pattern.length` as `false`',
    ],
    'there is an element at each of these places; the other value is for the compiler': [
      '`last !== undefined` as `true`',
    ],
    'a short cut: from no place no other is reached': ['`next.size === 0` as `false`'],
  },
  'openapi/compare/alphabet': {
    'canonical text has letters only': ['`[]` as `["Stryker was here"]`'],
    'without letters none is fresh': ['`letters === null` as `false`'],
    'the first letter is none of those that can be fresh': ['`fresh < 0` as `fresh <= 0`'],
    'a kept escape is its own other case': [
      '`unit >= ESCAPE_BASE` as `false`',
      '`unit >= ESCAPE_BASE` as `unit > ESCAPE_BASE`',
    ],
    'a string of one character begins where it ends': [
      '`/^[g-zG-Z]$/` as `/[g-zG-Z]$/`',
      '`/^[g-zG-Z]$/` as `/^[g-zG-Z]/`',
    ],
  },
  'openapi/compare/shapes': {
    'there is an element at each of these places; the other value is for the compiler': [
      '`[]` as `["Stryker was here"]`',
      '`items === undefined` as `false`',
    ],
    'a short cut: without a base path nothing is put before the template': [
      "`basePath === ''` as `false`",
      '`\'\'` as `"Stryker was here!"`',
    ],
    'nothing is asked about a template that no path has': ['`template.refusal !== undefined` as `false`'],
    'a memory of what would be made again': ['`this.#concretes.set(name, known)` as `;`'],
    'a short cut: of the candidates the automaton accepts those that the template has': [
      '`\'\\u0000\'` as `""`',
      '`\'\\u0001\'` as `""`',
      '`\'\'` as `"Stryker was here!"`',
      '`segment.includes(SPAN)` as `true`',
      '`reached.filter(({ items }) => items !== undefined)` as `reached`',
      '`items !== undefined` as `true`',
      '`candidates.length === 0` as `false`',
      '`template.refusal === undefined` as `true`',
    ],
  },
  'openapi/compare/coverage': {
    'there is an element at each of these places; the other value is for the compiler': [
      '`\'\'` as `"Stryker was here!"`',
      '`() => 0` as `() => undefined`',
      '`span !== undefined` as `true`',
    ],
    'a memory of what would be made again': [
      '`\'\'` as `"Stryker was here!"`',
      '`path !== this.#path` as `true`',
      '`path !== this.#path` as `false`',
      '`path !== this.#path` as `path === this.#path`',
      '`this.#known.clear()` as `;`',
      '`this.#known.set(key, known)` as `;`',
    ],
    'the numbers are put in order where they are used': [
      '`[...new Set(parts.flatMap(({ patterns }) => [...patterns]))]…` as `[...new Set(parts.flatMap(({ patterns }) => [...patterns]))]`',
      '`(a, b) => a - b` as `() => undefined`',
      '`a - b` as `a + b`',
    ],
    'what is undefined has the default, or is no path, like what is absent': [
      '`states !== undefined` as `true`',
      '`allowed !== undefined` as `true`',
      '`missing !== undefined` as `true`',
      '`undecided !== undefined` as `true`',
    ],
    'a short cut: no pattern opens nothing': ['`added.length === 0` as `false`'],
    'no scope has this name, no part is a string, and no alternative': ['`[]` as `["Stryker was here"]`'],
    'no other error is thrown there': ['`!(error instanceof BudgetExceededError)` as `false`'],
    'a part without patterns is not asked about one': ['`() => nothing` as `() => undefined`'],
    'what a scope adds is open, so that it reaches something; the other value is for the compiler': [
      '`[]` as `["Stryker was here"]`',
      "`reach === 'none'` as `false`",
      '`\'none\'` as `""`',
    ],
    'a short cut: a single part is what it is': [
      '`first !== undefined && second === undefined` as `false`',
      '`first !== undefined` as `true`',
      '`first !== undefined` as `first === undefined`',
    ],
    'either of two shortest paths will do': ['`path.length < best.length` as `path.length <= best.length`'],
  },
  'analysis/request-set': {
    'a memory of what would be made again': [
      '`this.#sample === undefined` as `true`',
      '`this.#keys.set(method, known)` as `;`',
    ],
    'the judgement is compared with the other one only': ['`\'decision\'` as `""`'],
    'another key that is as good': ['`\'\'` as `"Stryker was here!"`'],
    'a short cut: rules that are equal pass all that follows': [
      '`a === b` as `false`',
      '`sameRules(narrow, wide)` as `false`',
    ],
  },
  'analysis/own-requests': {
    'a short cut: where case matters, a path in other letters is not matched': ['`caseSensitive` as `false`'],
    'the path begins with the base path': ['`reading.path === null` as `false`'],
  },
  'analysis/short-common': {
    'both sets have a list of short cuts; the other value is for the compiler': [
      '`[]` as `["Stryker was here"]`',
    ],
  },
  'analysis/glob': {
    'there is an element at each of these places; the other value is for the compiler': [
      '`\'\'` as `"Stryker was here!"`',
    ],
    'what was refused has no path': ['`reading.refusal !== undefined` as `false`'],
  },
  'analysis/glob-index': {
    'there is an element at each of these places; the other value is for the compiler': [
      '`[]` as `["Stryker was here"]`',
    ],
    'a short cut: from no place no other is reached': [
      '`reached.length > 0` as `true`',
      '`reached.length > 0` as `reached.length >= 0`',
    ],
  },
  'analysis/common-path': {
    'there is an element at each of these places; the other value is for the compiler': [
      '`[]` as `["Stryker was here"]`',
      '`-1` as `+1`',
      '`levels[length]?.push` as `levels[length].push`',
    ],
    'memory that is larger than needed': [
      '`stamps.length < size` as `true`',
      '`stamps.length < size` as `stamps.length <= size`',
    ],
    'another number for each search': ['`stamp += 1` as `stamp -= 1`'],
    'after the end of a list there is nothing': ['`length < levels.length` as `length <= levels.length`'],
    'goes back to a letter of the one while a star of the other takes it again: both match what is found, and it is longer':
      ['`slash === 1` as `true`'],
    'the kept escape of byte 0 is refused': ['`letter >= ESCAPE_BASE` as `letter > ESCAPE_BASE`'],
  },
  'analysis/literal-start': {
    'there is an element at each of these places; the other value is for the compiler': [
      '`\'\'` as `"Stryker was here!"`',
      '`[]` as `["Stryker was here"]`',
      '`unit !== undefined` as `true`',
    ],
    'after the end of both strings there is nothing': [
      '`length < a.text.length` as `length <= a.text.length`',
    ],
  },
  'openapi/error': {
    'the member is there anyway, and undefined': ['`position !== undefined` as `true`'],
  },
  'openapi/import/draft': {
    'a short cut: lists that are one are equal': ['`operation.basePaths !== basePaths` as `true`'],
    'what is undefined is not elsewhere': ['`() => false` as `() => undefined`'],
    'a string is no alternative, no scope has this name, and each operation has an alternative': [
      '`[]` as `["Stryker was here"]`',
    ],
  },
  'openapi/import/from-openapi': {
    'a policy that is too large has one diagnostic, an error; the other value is for the compiler': [
      "`severity === 'error'` as `true`",
      '`error?.message` as `error.message`',
      '`\'it is too large\'` as `""`',
    ],
  },
  'openapi/import/redundant': {
    'a method that no endpoint has': ['`[]` as `["Stryker was here"]`'],
    'a segment without a star is not wider than another': [
      "`segment.includes('*')` as `true`",
      '`\'*\'` as `""`',
    ],
  },
  'openapi/import/scope-text': {
    'the text is one line, so that what is found begins at its start': [
      '`/^.*?[.!?](?=\\s)/` as `/.*?[.!?](?=\\s)/`',
    ],
  },
  'openapi/model': {
    'a string is no alternative': ['`[]` as `["Stryker was here"]`'],
  },
  'openapi/read/parameters': {
    'literal text has no name, so that nothing declares it': [
      "`'literal' in part` as `false`",
      '`\'literal\'` as `""`',
    ],
    'either of two checks is enough for the answer, the other is for the compiler': [
      '`last === undefined` as `false`',
    ],
    'a string has no fields': ['`[]` as `["Stryker was here"]`'],
    'the judgement is compared with the other one only': ['`\'spelled\'` as `""`'],
    'what is undefined is no example, like what is absent': ["`typeof example === 'string'` as `true`"],
  },
  'openapi/read/read-openapi': {
    'a name that no parameter has': ['`[]` as `["Stryker was here"]`'],
  },
  'openapi/read/references': {
    'where there is no path, or no file, there is a reason; the other value is for the compiler': [
      '`\'\'` as `"Stryker was here!"`',
      '`path !== null` as `true`',
    ],
    'no other error is thrown there, and each has a position': [
      '`!(error instanceof OpenApiError)` as `false`',
      '`position === undefined` as `false`',
    ],
  },
  'openapi/read/template': {
    'characters have the same escapes one by one': ['`/[^!-~]+/gu` as `/[^!-~]/gu`'],
    'what is undefined is no refusal, like what is absent': ['`refusal !== undefined` as `true`'],
    'no piece is a parameter then; the other value is for the compiler': ['`\'\'` as `"Stryker was here!"`'],
  },
  'openapi/read/template-syntax': {
    'after the end there is no character': [
      '`at < path.length` as `at <= path.length`',
      '`at < expression.length` as `at <= expression.length`',
    ],
    'there is a character, or none that means anything; the other value is for the compiler': [
      '`\'\'` as `"Stryker was here!"`',
    ],
    'no other character has a closing brace': ["`char === '{'` as `true`"],
    'without an end there is no expression either': ['`end === undefined` as `false`'],
    'a place that is not one of an opening brace is never asked for': [
      '`[]` as `["Stryker was here"]`',
      '`from !== undefined` as `true`',
    ],
    'segments with a parameter are left out': ['`\'\'` as `"Stryker was here!"`'],
    'where the name ends there is a colon, or nothing': [
      '`assignment < name.length` as `assignment <= name.length`',
    ],
    'a piece has stars only, or none': ["`text.startsWith('*')` as `text.endsWith('*')`"],
    'a short cut: the expression begins with that character': ["`char === '('` as `true`"],
    'nothing lies between what is undefined': [
      '`start !== undefined && unit !== undefined` as `true`',
      '`start !== undefined && unit !== undefined` as `start !== undefined || unit !== undefined`',
      '`start !== undefined` as `true`',
      '`unit !== undefined` as `true`',
    ],
    'a slash at either end of a range is seen as a character': [
      '`start <= SLASH` as `start < SLASH`',
      '`SLASH <= unit` as `SLASH < unit`',
    ],
  },
  'analysis/sample': {
    'null is not what any path is read as': ['`text === null` as `false`'],
    'what was refused has no path': ['`reading.refusal === undefined` as `true`'],
  },
  'analysis/request-sets': {
    'an endpoint of a document has its place; the other value is for the compiler': [
      '`span?.start` as `span.start`',
    ],
  },
  'analysis/scope-relations': {
    'a memory of what would be found again': ['`dead.set(item.pattern.text, isUnreachable)` as `;`'],
  },
  'analysis/renames': {
    'a name that neither document has': ['`[]` as `["Stryker was here"]`'],
    'no scope is named undefined; the other value is for the compiler': ['`name === undefined` as `false`'],
  },
  'analysis/compare-policies': {
    'a memory of what would be made again': ['`sets.has(name)` as `false`'],
    'undefined denies as well': ['`() => false` as `() => undefined`'],
    'a name that neither policy knows holds the baseline, and nothing else': [
      '`row === BASELINE` as `false`',
      '`[]` as `["Stryker was here"]`',
    ],
    'of more tokens than are compared no more are needed': [
      '`tokens.flatMap((token) => providers.map((name) => [...token,…` as `tokens.flatMap(token => providers.map(name => [...token, nam…`',
    ],
    'a reason that is undefined is none': ['`undecided !== undefined` as `true`'],
    'two strings are equal where their numbered characters are': [
      "`typeof label === 'string'` as `false`",
      '`\'string\'` as `""`',
    ],
  },
  'analysis/compare-scopes': {
    'a name that both patterns match is allowed for both scopes, or refused for both': [
      '`allows(a)(method, name) && allows(b)(method, name)` as `allows(a)(method, name) || allows(b)(method, name)`',
    ],
  },
  'analysis/coverage': {
    'there is an element at each of these places; the other value is for the compiler': [
      '`\'\'` as `"Stryker was here!"`',
      '`left.get(other)?.has` as `left.get(other).has`',
      '`left.get(item)?.delete` as `left.get(item).delete`',
      '`this.#byText.get(item.pattern.text)?.find` as `this.#byText.get(item.pattern.text).find`',
      '`item.glob?.runs` as `item.glob.runs`',
    ],
    'by the same rules all patterns have a glob, or none': [
      '`!other.glob || !item.glob` as `!other.glob && !item.glob`',
    ],
    'a short cut: without patterns none matches the sample': ['`near.length === 0` as `false`'],
  },
  'analysis/equal-scopes': {
    'nobody reads this reason': ['`\'\'` as `"Stryker was here!"`'],
    'what has a normal form has globs; the other value is for the compiler': ['`glob?.runs` as `glob.runs`'],
    '`authorize` allows no path that is not a string': ['`path === null` as `false`'],
    'no pattern has a space': ['`\'\\n\'` as `""`'],
  },
  'analysis/name-gains': {
    'a name that was tried before': ['`runs.length - 1` as `runs.length + 1`'],
  },
  'analysis/piecewise': {
    'a memory of what would be made again': ['`automata.set(item, known)` as `;`'],
  },
  'analysis/short-difference': {
    'the set has a list of short cuts; the other value is for the compiler': [
      '`[]` as `["Stryker was here"]`',
    ],
    'there is an element at each of these places; the other value is for the compiler': [
      '`item.glob !== null` as `true`',
    ],
    'no letter is put where no star needs one, and each pattern with a star that needs one has two runs': [
      '`\'\'` as `"Stryker was here!"`',
    ],
    'a path that was tried before': [
      '`needed.length - 1` as `needed.length + 1`',
      '`needed[one] === true` as `false`',
    ],
  },
  'analysis/compare-request-sets': {
    'a set of this wildcard mode has no short cuts only where a pattern ends in a slash, and then all is searched':
      ["`goal !== 'inBoth' || right.short !== null` as `true`", '`\'inBoth\'` as `""`'],
    'what was found is found again': ['`found[goal] === undefined` as `true`'],
    'a short cut: the search that follows finds the same, and fails in the same way': [
      '`{ searchBudget.restart() searchProduct(a.automaton(method), …` as `{}`',
      '`{ if (!(error instanceof BudgetExceededError)) throw error }` as `{}`',
      '`!(error instanceof BudgetExceededError)` as `false`',
    ],
    'no state was counted since the search of this method began': ['`searchBudget.restart()` as `;`'],
  },
  'analysis/scope-change': {
    'a short cut: without changed endpoints nothing is found': ['`changed.length === 0` as `false`'],
    'a path that only unchanged endpoints match was allowed before, so one that changed takes part': [
      '`taking.length > 0` as `true`',
      '`taking.length > 0` as `taking.length >= 0`',
    ],
  },
  'openapi/compare/reach': {
    'there is an element at each of these places; the other value is for the compiler': [
      '`[]` as `["Stryker was here"]`',
      '`\'\'` as `"Stryker was here!"`',
      '`patterns[id]?.meaning` as `patterns[id].meaning`',
      '`this.#known[id]?.plain` as `this.#known[id].plain`',
      '`this.#known[id]?.spelled` as `this.#known[id].spelled`',
      '`this.#known[id]?.segments` as `this.#known[id].segments`',
      '`this.#known[id]?.pattern` as `this.#known[id].pattern`',
      '`other === undefined` as `false`',
      '`pattern === undefined` as `false`',
    ],
    'either of two checks is enough for the answer, the other is for the compiler': [
      '`text === null` as `false`',
      '`plain === null` as `false`',
    ],
    'segments are compared as text, with escapes as well; fresh letters ask for what is spelled again': [
      '`spelled === null || text === null` as `spelled === null && text === null`',
      '`spelled === null` as `false`',
    ],
    'no letter has the number of a parameter': [
      '`[...items, ...excluded.flat()].filter((item) => item >= 0)` as `[...items, ...excluded.flat()]`',
      '`item >= 0` as `true`',
    ],
    'letter 0 is `a`, which is never the fresh one, and where a template spells it no other is tried': [
      '`item >= 0` as `item > 0`',
    ],
    'a short cut: the automaton accepts all paths of the template': ['`excluded.length === 0` as `false`'],
    'of a plain operation with a slash at its end both readings are looked at anyway': [
      '`plain === null` as `true`',
    ],
    'what is undefined is neither half': ['`half !== undefined` as `true`'],
    'what takes a slash ends in a star, and allows more than paths that others take one by one': [
      '`half !== undefined` as `false`',
    ],
    'what grants all by one pattern grants something': ['`allowed !== undefined` as `true`'],
    'the judgement is compared with the other one only': ['`\'decision\'` as `""`'],
    'without pieces there is no text, as with an empty one': ["`[{ literal: '' }]` as `[]`"],
  },
}
