/** Bodies made of dangerous pieces: exhaustive small ones, and mutations of good ones. */

const encoder = new TextEncoder()

/** Text in which `\xNN` between `⟦` and `⟧` is that byte. */
export function bytesOf(text: string): Uint8Array {
  const parts = text.split(/⟦([0-9a-f]+)⟧/)
  return Uint8Array.from(
    parts.flatMap((part, index) =>
      index % 2 === 0 ? [...encoder.encode(part)] : [...Buffer.from(part, 'hex')],
    ),
  )
}

/** How `method` may be written as a key; `k` and `s` occur in other keys below. */
const METHOD_KEYS = [
  '"other"',
  '"method"',
  '"Method"',
  '"METHOD"',
  '"m\\u0065thod"',
  '"method\\u0000"',
  '"method\\u0000x"',
  '"met_hod"',
  '"met-hod"',
  '"method "',
  '"ｍethod"',
  '"method\u200b"',
  '"method⟦ff⟧"',
  '"method\\ud800"',
  '"met⟦c1a8⟧od"',
  "'method'",
  'method',
]
const METHOD_VALUES = [
  '"ping"',
  '"tools/list"',
  '"tools/call"',
  '"tools\\/call"',
  '"tools/call\\u0000"',
  'null',
  '["tools/call"]',
]
const PARAMS_KEYS = [
  '"other"',
  '"params"',
  '"Params"',
  '"param\u017f"',
  '"PARAM\\u017f"',
  '"p\\u0061rams"',
  '"params\\u0000"',
  '"par-ams"',
]
const NAME_KEYS = [
  '"other"',
  '"name"',
  '"Name"',
  '"n\\u0061me"',
  '"NAME"',
  '"name\\u0000y"',
  '"_name"',
  '"na\u0301me"',
  '"name⟦80⟧"',
  'name',
]
const NAME_VALUES = [
  '"read"',
  '"write"',
  '"wr\\u0069te"',
  '"write\\u0000"',
  '"write⟦fe⟧"',
  '"read\\udc00"',
  'null',
  '{}',
]

const envelope = (members: string): string => `{"jsonrpc":"2.0","id":1,${members}}`

/** Two methods under any two spellings of the key; then two params; then two names. */
export function* smallBodies(): Generator<string> {
  for (const first of METHOD_KEYS) {
    for (const second of METHOD_KEYS) {
      for (const one of METHOD_VALUES) {
        for (const other of METHOD_VALUES) {
          yield envelope(`${first}:${one},${second}:${other},"params":{"name":"read"}`)
        }
      }
    }
  }
  for (const first of PARAMS_KEYS) {
    for (const second of PARAMS_KEYS) {
      yield envelope(`"method":"tools/call",${first}:{"name":"read"},${second}:{"name":"write"}`)
      yield envelope(`"method":"tools/call",${first}:{"name":"read"},"x":{${second}:{"name":"write"}}`)
    }
  }
  for (const first of NAME_KEYS) {
    for (const second of NAME_KEYS) {
      for (const one of NAME_VALUES) {
        for (const other of NAME_VALUES) {
          yield envelope(`"method":"tools/call","params":{${first}:${one},${second}:${other}}`)
        }
      }
    }
  }
  const uris = ['"uri"', '"URI"', '"u\\u0072i"', '"ur\u0131"', '"ur\u0130"', '"UR\u0130"']
  for (const first of uris) {
    for (const second of uris) {
      yield envelope(`"method":"resources/read","params":{${first}:"a:b",${second}:"a:c"}`)
      yield envelope(
        `"method":"completion/complete","params":{"ref":{"type":"ref/resource",${first}:"a:b",${second}:"a:c"}}`,
      )
    }
  }
  const types = ['"type"', '"Type"', '"t\\u0079pe"', '"type\\u0000"']
  for (const first of types) {
    for (const second of types) {
      yield envelope(
        `"method":"completion/complete","params":{"ref":{${first}:"ref/prompt",${second}:"ref/resource","name":"p","uri":"a:b"}}`,
      )
    }
  }
}

/** Good bodies, each of another shape. */
export const GOOD: readonly string[] = [
  envelope('"method":"ping"'),
  envelope('"method":"tools/call","params":{"name":"read","arguments":{"name":"write","Name":1}}'),
  envelope('"method":"resources/read","params":{"uri":"repo://a/b?c=%20"}'),
  envelope(
    '"method":"completion/complete","params":{"ref":{"type":"ref/prompt","name":"p"},"argument":{"name":"a","value":""}}',
  ),
  envelope(
    '"method":"subscriptions/listen","params":{"notifications":{"toolsListChanged":true,"resourceSubscriptions":["a:b","a:c"]}}',
  ),
  '{"jsonrpc":"2.0","method":"notifications/initialized"}',
  '{"jsonrpc":"2.0","id":"s","result":{"role":"assistant","method":"tools/call"}}',
  `[${envelope('"method":"ping"')},${envelope('"method":"prompts/get","params":{"name":"é"}')}]`,
]

/** What an attacker puts somewhere in a good body. */
export const PIECES: readonly string[] = [
  '',
  '⟦efbbbf⟧',
  '⟦00⟧',
  '⟦ff⟧',
  '⟦c080⟧',
  '⟦c0a2⟧',
  '⟦eda080⟧',
  '⟦80⟧',
  '⟦fffe⟧',
  '⟦f09f9880⟧',
  '\u017f',
  '\u212a',
  '\u0131',
  '\u00a0',
  '\u2028',
  '\f',
  '\v',
  '\n',
  '\t',
  ' ',
  '"',
  "'",
  '\\',
  '\\u0000',
  '\\u0065',
  '\\ud800',
  '\\udc00\\ud800',
  '\\ud83d\\ude00',
  '\\x41',
  '/* c */',
  '// c\n',
  '# c\n',
  '/*',
  '*/',
  ',',
  ':',
  ';',
  '{',
  '}',
  '[',
  ']',
  '[]',
  '{}',
  'null',
  'NaN',
  '-Infinity',
  'TRUE',
  '1e400',
  '01',
  '+1',
  '"method":"tools/call",',
  ',"method":"tools/call"',
  '"Method":"tools/call",',
  '"params":{"name":"write"},',
  ',"params":{"name":"write"}',
  '"name":"write",',
  ',"name":"write"',
  ',"NAME":"write"',
  '"\\u006eame":"write",',
  '{"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"write"}}',
  '/*"*/',
  '"/*"',
  "'\"'",
]

/** Every piece at every place of every good body; with `replace`, instead of the character there. */
export function* mutations(): Generator<string> {
  for (const good of GOOD) {
    for (let place = 0; place <= good.length; place++) {
      for (const piece of PIECES) {
        yield good.slice(0, place) + piece + good.slice(place)
        yield good.slice(0, place) + piece + good.slice(place + 1)
      }
    }
  }
}

/** Random bodies: several mutations at once, from a seed. */
export function* randomBodies(seed: number, count: number): Generator<string> {
  let state = seed
  const next = (below: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
  const pick = <T>(list: readonly T[]): T => list[next(list.length)] as T
  for (let made = 0; made < count; made++) {
    let text = pick(GOOD)
    for (let change = 1 + next(4); change > 0; change--) {
      const place = next(text.length + 1)
      const donor = pick(GOOD)
      const start = next(donor.length)
      const piece = next(3) === 0 ? donor.slice(start, start + 1 + next(30)) : pick(PIECES)
      text = text.slice(0, place) + piece + text.slice(place + next(3))
    }
    yield text
  }
}
