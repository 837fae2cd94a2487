import { defineConfig } from 'vitest/config'

const config: ReturnType<typeof defineConfig> = defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 60_000,
    reporters: ['default', './test/closing-line.ts'],
    coverage: { provider: 'v8', include: ['src/**'], exclude: ['src/policy/shape/generated/**'] },
  },
})

export default config
