// Bundles the extension and, beside it, the command line as its language server, each as one file.
import { build } from 'esbuild'

await build({
  entryPoints: ['src/extension.mjs'],
  outfile: 'dist/extension.js',
  bundle: true,
  minify: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  external: ['vscode'],
})

await build({
  entryPoints: ['../../src/cli/main.ts'],
  outfile: 'dist/server.mjs',
  bundle: true,
  minify: true,
  platform: 'node',
  target: 'node20',
  format: 'esm',
  // Some packages are CommonJS and ask for modules of Node by `require`.
  banner: {
    js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url)",
  },
})
