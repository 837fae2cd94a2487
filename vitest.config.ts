import { defineConfig } from 'vitest/config'

/** Tests of what was built: they need `npm run build` first. */
export const BUILT: readonly string[] = [
  'test/{guide,readme}.test.ts',
  'test/{demo,editors,fuzz,lsp,playground,regressions,security,suites}/**/*.test.ts',
  'test/cli/pre-commit.test.ts',
  'test/docs/{mcp-messages,pages,tutorials}.test.ts',
  'test/mcp/peers/**/*.test.ts',
  'test/package/{bundles,packed}.test.ts',
  'test/usage/{command,usage}.test.ts',
]

/** Tests that take more than a few seconds, or that start browsers, gateways and servers. */
const SLOW: string[] = [
  'test/analysis/{brute-force,*-property}.test.ts',
  'test/{catalogs,gateways,properties,upstream}/**/*.test.ts',
  'test/consent/{browser,browser-reach,hydra,many-scopes,oidc-journey,oidc-provider,react}.test.ts',
  'test/decision/{cost,denial}.test.ts',
  'test/misuse/**/*.test.ts',
  'test/openapi/catalogs.test.ts',
  'test/report/{large,hostile}.test.ts',
  'test/serve/{envoy-grpc,listening}.test.ts',
]

const common = { testTimeout: 60_000 }
const PACKAGES = '**/node_modules/**'

const config: ReturnType<typeof defineConfig> = defineConfig({
  test: {
    reporters: ['default', './test/closing-line.ts'],
    coverage: { provider: 'v8', include: ['src/**'], exclude: ['src/policy/shape/generated/**'] },
    projects: [
      {
        test: {
          ...common,
          name: 'fast',
          include: ['test/**/*.test.ts'],
          exclude: [...BUILT, ...SLOW, PACKAGES],
        },
      },
      { test: { ...common, name: 'slow', include: SLOW, exclude: [...BUILT, PACKAGES] } },
      { test: { ...common, name: 'built', include: [...BUILT], exclude: [PACKAGES] } },
    ],
  },
})

export default config
