/**
 * The catalogue of codes: what each one means, in the order in which a document is read. `severity` is
 * what the loader reports; the linter can change it by configuration.
 */
const ROWS = {
  // The text
  'not-a-document': ['error', 'the argument is neither a string, bytes nor a plain object'],
  'invalid-utf8': ['error', 'the bytes are not UTF-8, or the text has an unpaired surrogate'],
  'control-character': ['error', 'a control character other than tab and line end'],
  'bidi-control': ['error', 'a bidirectional control character'],
  'limit-exceeded': ['error', 'a limit on size, nesting, aliases, patterns or endpoints'],
  // YAML
  'yaml-syntax': ['error', 'the text is not YAML 1.2'],
  'yaml-directive': ['error', 'a directive other than `%YAML 1.2`'],
  'yaml-tag': ['error', 'a tag such as `!!binary`'],
  'yaml-merge-key': ['error', 'a merge key `<<`'],
  'yaml-alias': ['error', 'an alias without its anchor, or one that contains itself'],
  'several-documents': ['error', 'more than one YAML document in the stream'],
  'unquoted-star': ['error', 'a string that begins with `*` and is not quoted'],
  'complex-key': ['error', 'a list or mapping used as a key'],
  'duplicate-key': ['error', 'the same key twice in one mapping'],
  'yaml-1-1-ambiguity': [
    'warning',
    'a plain scalar that other YAML readers take for a number, boolean, null or date',
  ],
  // The document
  'empty-document': ['error', 'no document at all'],
  'not-a-mapping': ['error', 'a document that is a list or a string instead of a mapping'],
  'no-scopes': ['warning', 'a document without scopes'],
  'invalid-scope-name': ['error', 'a name that is not a scope-token (RFC 6749 §3.3)'],
  'reserved-name': ['error', 'a top-level key that begins with `$` and has no meaning'],
  'unknown-field': ['error', 'a field that scopes do not have'],
  'missing-field': ['error', 'a scope without label, or without endpoints and includes'],
  'wrong-type': ['error', 'a value of the wrong kind, such as a string where a list or a mapping belongs'],
  'null-value': ['error', 'nothing, `~` or `null` where text belongs'],
  'invalid-label': ['error', 'a label that shows nothing, has no language, or a malformed language tag'],
  'invalid-value': ['error', 'a value that is not among the allowed ones'],
  'unknown-scope': ['error', '`includes` names a scope that the document does not have'],
  'include-cycle': ['error', 'scopes that include each other in a cycle'],
  'unknown-option': ['error', 'an option that `$options` does not have'],
  'invalid-option': ['error', 'an option with a value it cannot have'],
  'scope-without-endpoints': ['warning', 'a scope that grants nothing at the API'],
  // Endpoints
  'endpoint-keys': ['error', 'an endpoint with no key, or with more than one'],
  'empty-pattern': ['error', 'a pattern without a character'],
  'invalid-pattern': ['error', 'a control character in a pattern, or syntax that patterns do not have'],
  'unescaped-syntax': [
    'error',
    'a parenthesis, a bar or a quote without a backslash, with `wildcard: segment`',
  ],
  'no-methods': ['error', 'no method, or an empty list of methods'],
  'unknown-method': ['error', 'a word that is not in the IANA method registry'],
  'method-list': ['error', 'several methods in one string, or nested lists'],
  'method-wildcard': ['error', '`*`, `ANY` or `ALL` in place of methods'],
  'method-case': ['warning', 'a method that is not in upper case'],
  'unreachable-endpoint': ['warning', 'a pattern that no accepted path can match'],
  'widened-by-comment': ['info', 'a bare pattern whose comment lists methods'],
} as const

/** Every code there is. Switch on it; the wording of messages is free to improve. */
export type DiagnosticCode = keyof typeof ROWS

export const CATALOGUE: Readonly<
  Record<DiagnosticCode, readonly [severity: 'error' | 'warning' | 'info', summary: string]>
> = ROWS
