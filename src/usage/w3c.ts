/** W3C extended log files (`#Fields:` names the columns), as CloudFront writes them. */
import { clientOf, type Fields, type Parse, scopesOf } from './entry.ts'
import { fieldValue } from './field-value.ts'
import { secondsOf } from './time.ts'

export function w3cParser(fields: Fields): Parse {
  let names: readonly string[] = []
  return (range) => {
    const line = range.toString()
    if (line.startsWith('#')) {
      if (line.startsWith('#Fields:'))
        names = line
          .slice('#Fields:'.length)
          .trim()
          .split(/[\t ]+/)
      return null
    }
    const values = line.split(line.includes('\t') ? '\t' : ' ')
    const column = (name: string): string | undefined => values[names.indexOf(name)]
    const value = (name: string): unknown => {
      const at = names.find((one) => name === one || name.startsWith(`${one}.`)) ?? name
      return fieldValue(column(at), name === at ? [] : name.slice(at.length + 1).split('.'))
    }
    const method = column('cs-method')
    const stem = column('cs-uri-stem')
    if (method === undefined || stem === undefined || method === '-' || stem === '-') return undefined
    if (values.length !== names.length) return undefined
    const query = clientOf(column('cs-uri-query'))
    const client = clientOf(value(fields.client ?? 'cs-username'))
    const scopes = fields.scopes === undefined ? undefined : scopesOf(value(fields.scopes))
    const status = Number(column('sc-status'))
    const time = secondsOf(`${column('date') ?? ''}T${column('time') ?? ''}Z`)
    return {
      method,
      path: query === undefined ? stem : `${stem}?${query}`,
      ...(client !== undefined && { client }),
      ...(scopes !== undefined && { scopes }),
      ...(Number.isInteger(status) && status >= 100 && { status }),
      ...(time !== undefined && { time }),
    }
  }
}
