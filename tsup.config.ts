import { defineConfig, type Options } from 'tsup'

// Library entries ship as ESM and CommonJS with types for both; the command line as ESM only.
// `@noble/hashes` is bundled: it is ESM-only and the one function used is small.
const shared: Options = {
  target: 'node20',
  splitting: true,
  treeshake: true,
  clean: false,
  noExternal: ['@noble/hashes'],
}

const config: ReturnType<typeof defineConfig> = defineConfig([
  {
    ...shared,
    entry: {
      index: 'src/index.ts',
      analysis: 'src/analysis/index.ts',
      claims: 'src/claims/index.ts',
      compiled: 'src/compiled/index.ts',
      express: 'src/middleware/express.ts',
    },
    format: ['esm', 'cjs'],
    dts: true,
  },
  {
    ...shared,
    entry: { cli: 'src/cli/main.ts' },
    format: ['esm'],
    dts: false,
  },
])

export default config
