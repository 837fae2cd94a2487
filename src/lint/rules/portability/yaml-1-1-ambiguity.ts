import type { RuleDefinition } from '../../rule.ts'

/** Reported by the loader. */
export const yaml11Ambiguity: RuleDefinition = {
  id: 'yaml-1-1-ambiguity',
  severity: 'warning',
  summary: 'a string without quotes that other YAML readers take for something else',
  why:
    'It is text here, whatever it looks like. To readers of YAML 1.1, the reference implementation among them, ' +
    '`on` is true, `010` is 8, `12:30` is 750 (base 60), and `~` is nothing; to others `1e3` is 1000. ' +
    'A scope of such a name is not found there, or is another one. Quotes make it text to all.',
  bad: `
on:       # true
  label: 12:30         # 750
  endpoints:
    - 010: GET         # 8
1e3:      # 1000
  label: { no: Les }   # false
  endpoints:
    - 2024-01-01: GET  # a date
~:        # nothing
  label: 1_000         # 1000
  endpoints:
    - 0x1F: GET        # 31
`,
  good: `
"on":
  label: "12:30"
  endpoints:
    - "010": GET
"1e3":
  label: { "no": Les }
  endpoints:
    - "2024-01-01": GET
"~":
  label: "1_000"
  endpoints:
    - "0x1F": GET
`,
  fix: 'safe',
}
