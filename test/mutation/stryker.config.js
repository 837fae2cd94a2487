/** Stryker for one file, as `main.ts` runs it: `MUTATED=pattern/canonical`. */
const file = process.env.MUTATED ?? ''

export default {
  testRunner: 'vitest',
  plugins: ['@stryker-mutator/vitest-runner'],
  mutate: [`src/${file}.ts`],
  // Not only what imports the file: the list of tests is the list.
  vitest: { configFile: 'test/mutation/vitest.config.ts', related: false, pool: 'threads' },
  coverageAnalysis: 'perTest',
  concurrency: Number(process.env.MUTATION_WORKERS ?? 2),
  ignorePatterns: ['bench', 'examples', 'dist', 'coverage', '.cache', '/test/mutation/node_modules'],
  tempDirName: '.cache/stryker',
  // Never incremental: what new tests find in tables that are made when a module is loaded would not be seen.
  reporters: ['progress-append-only', 'clear-text', 'json'],
  jsonReporter: { fileName: `.cache/mutation/${file}.json` },
  clearTextReporter: { allowColor: false, reportTests: false, reportMutants: false, logTests: false },
  warnings: { slow: false },
}
