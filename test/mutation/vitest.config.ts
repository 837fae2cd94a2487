import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'
import { TESTS } from './files.ts'

const tests = (TESTS[process.env['MUTATED'] ?? ''] ?? []).map((name) => `test/${name}.test.ts`)

/** In the order of the list. */
class Listed extends BaseSequencer {
  override sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification): number =>
      tests.findIndex((test) => moduleId.endsWith(`/${test}`))
    return Promise.resolve([...files].sort((a, b) => place(a) - place(b)))
  }
}

const config: ReturnType<typeof defineConfig> = defineConfig({
  test: {
    include: tests,
    testTimeout: 60_000,
    sequence: { sequencer: Listed },
    // One worker for all of a mutant's tests; each mutant has a new one.
    isolate: false,
    // The same mutants die in every run.
    env: { SCOPE_POLICY_RUNS: '0.05', SCOPE_POLICY_SEED: '1' },
  },
})

export default config
