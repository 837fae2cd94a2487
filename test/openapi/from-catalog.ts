/**
 * A permission table as the OpenAPI document of its API: every path with its methods is an operation, every
 * star of it a parameter, and the scopes that list it are its `security`, each enough on its own.
 */
import type { Catalog } from '../catalogs/catalog.ts'

export type OpenApiObject = Readonly<Record<string, unknown>>

export function openApiOf({ provider, scopes }: Catalog): OpenApiObject {
  const paths = new Map<string, Map<string, Set<string>>>()
  for (const { name, endpoints } of scopes) {
    for (const { path, methods } of endpoints) {
      const template = templateOf(path)
      const item = paths.get(template) ?? new Map<string, Set<string>>()
      paths.set(template, item)
      for (const method of methods) {
        const key = method.toLowerCase()
        item.set(key, (item.get(key) ?? new Set()).add(name))
      }
    }
  }
  const operation = (names: ReadonlySet<string>): object => ({
    security: [...names].map((name) => ({ oauth: [name] })),
    responses: {},
  })
  const items = [...paths].map(([path, item]) => [
    path,
    Object.fromEntries([...item].map(([method, names]) => [method, operation(names)])),
  ])
  const declared = Object.fromEntries(scopes.map(({ name, label }) => [name, label]))
  return {
    openapi: '3.1.0',
    info: { title: provider, version: '1' },
    components: {
      securitySchemes: {
        oauth: {
          type: 'oauth2',
          flows: { authorizationCode: { authorizationUrl: '/a', tokenUrl: '/t', scopes: declared } },
        },
      },
    },
    paths: Object.fromEntries(items) as object,
  }
}

export function templateOf(path: string): string {
  let parameter = 0
  const template = path.replace(/\*+/g, () => `{p${(parameter += 1)}}`)
  return template.startsWith('/') ? template : `/${template}`
}
