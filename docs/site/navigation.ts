/**
 * The pages of the site, in the order of its menu. Each is a Markdown file of `docs/` without `.md`, or of the top of
 * the repository with a leading `/`; `api` is the pages that are made from docstrings. A page that is not listed is
 * shown under “More”.
 */
export interface Section {
  readonly title: string
  readonly pages: readonly string[]
}

export const SECTIONS: readonly Section[] = [
  { title: 'Start', pages: ['index', 'guide'] },
  {
    title: 'Tutorials',
    pages: ['tutorials/gateway', 'tutorials/api', 'tutorials/authorization-server', 'tutorials/mcp-server'],
  },
  {
    title: 'Protect an API',
    pages: [
      'how-to/express',
      'how-to/fastify',
      'how-to/hono',
      'how-to/koa',
      'how-to/nest',
      'how-to/fetch',
      'how-to/workers',
      'how-to/nextjs',
      'how-to/lambda',
      'how-to/grpc',
      'how-to/mcp',
      'how-to/websockets',
      'how-to/cors',
    ],
  },
  {
    title: 'Read tokens',
    pages: [
      'how-to/auth0',
      'how-to/entra',
      'how-to/keycloak',
      'how-to/okta',
      'how-to/cognito',
      'how-to/tenants',
      'how-to/which-scope',
    ],
  },
  {
    title: 'Decide in a gateway',
    pages: [
      'how-to/serve',
      'how-to/gateways/nginx',
      'how-to/gateways/caddy',
      'how-to/gateways/haproxy',
      'how-to/gateways/apache',
      'how-to/gateways/envoy',
      'how-to/gateways/traefik',
      'how-to/gateways/kubernetes',
      'how-to/authzen',
      'how-to/export',
    ],
  },
  {
    title: 'Ask for consent',
    pages: [
      'how-to/consent',
      'how-to/consent-theme-and-languages',
      'how-to/connected-apps',
      'how-to/hydra',
      'how-to/oidc-provider',
    ],
  },
  {
    title: 'Keep documents right',
    pages: [
      'how-to/path-parameters',
      'how-to/lint',
      'how-to/ci',
      'how-to/editors',
      'how-to/openapi',
      'how-to/find-unused-scopes',
      'how-to/doctor',
    ],
  },
  {
    title: 'Migrate',
    pages: [
      'how-to/migrate/express-jwt-authz',
      'how-to/migrate/express-oauth2-jwt-bearer',
      'how-to/migrate/oathkeeper',
      'how-to/migrate/tyk',
    ],
  },
  {
    title: 'Reference',
    pages: [
      'reference/document',
      'reference/paths',
      'reference/cli',
      'reference/rules',
      'reference/codes',
      'reference/serve',
      'reference/mcp',
      'reference/consent',
      'api',
    ],
  },
  {
    title: 'Explanation',
    pages: [
      'explanation/refuse-not-repair',
      'explanation/laws',
      'explanation/law-of-bodies',
      'explanation/exactness',
      'explanation/speed',
      'explanation/comparison',
    ],
  },
  { title: 'Troubleshooting', pages: ['troubleshooting'] },
  { title: 'Project', pages: ['/SECURITY', '/CHANGELOG', '/CONTRIBUTING', '/bench/README'] },
]
