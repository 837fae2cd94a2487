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
  'automaton/search-budget': {
    'no clock stands still at the very end of a budget': [
      '`processorTime() > this.#deadline` as `processorTime() >= this.#deadline`',
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
}
