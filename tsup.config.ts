import { defineConfig, type Options } from 'tsup'

// Library entries ship as ESM and CommonJS with types for both; the command line as ESM only.
// `@noble/hashes`, `string-width` and the matcher of languages are bundled: they are ESM-only and small. So is `picomatch`, which is
// CommonJS: runtimes without a bundler (workerd, browsers) load compiled policies from these files as they are.
const shared: Options = {
  target: 'node20',
  splitting: true,
  treeshake: true,
  clean: false,
  noExternal: [
    '@noble/hashes',
    'picomatch',
    '@formatjs/intl-localematcher',
    '@formatjs/fast-memoize',
    'string-width',
  ],
}

const config: ReturnType<typeof defineConfig> = defineConfig([
  {
    ...shared,
    entry: {
      index: 'src/index.ts',
      analysis: 'src/analysis/index.ts',
      claims: 'src/claims/index.ts',
      compiled: 'src/compiled/index.ts',
      consent: 'src/consent/index.ts',
      lint: 'src/lint/index.ts',
      express: 'src/middleware/express.ts',
      fastify: 'src/middleware/fastify.ts',
      fetch: 'src/middleware/fetch.ts',
      hono: 'src/middleware/hono.ts',
      koa: 'src/middleware/koa.ts',
      mcp: 'src/mcp/index.ts',
      nest: 'src/middleware/nest.ts',
      openapi: 'src/openapi/index.ts',
    },
    format: ['esm', 'cjs'],
    dts: true,
  },
  {
    ...shared,
    entry: { cli: 'src/cli/main.ts', 'load-thread': 'src/serve/load-thread.ts' },
    format: ['esm'],
    dts: false,
  },
])

export default config
