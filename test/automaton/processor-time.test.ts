import { afterEach, beforeEach, expect, test, vi } from 'vitest'

const { performance } = globalThis

beforeEach(() => {
  vi.resetModules()
})
afterEach(() => {
  vi.unstubAllGlobals()
})

async function timer(runtime: unknown): Promise<() => number> {
  vi.stubGlobal('process', runtime)
  return (await import('../../src/automaton/processor-time.ts')).processorTime
}

test('counts work, and no waiting', async () => {
  const { processorTime } = await import('../../src/automaton/processor-time.ts')
  const begun = processorTime()
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200)
  expect(processorTime() - begun).toBeLessThan(100)
  while (processorTime() < begun + 5);
})

test('takes the time of the thread, else of the process, in milliseconds', async () => {
  const usage = (user: number) => () => ({ user, system: 500 })
  expect((await timer({ threadCpuUsage: usage(1000), cpuUsage: usage(9000) }))()).toBe(1.5)
  vi.resetModules()
  expect((await timer({ cpuUsage: usage(9000) }))()).toBe(9.5)
})

test.each([
  ['without a process', undefined],
  ['without its usage', {}],
  [
    'with an imitation that throws',
    {
      threadCpuUsage: () => {
        throw new Error('not implemented')
      },
    },
  ],
  ['with an imitation that answers zero', { cpuUsage: () => ({ user: 0, system: 0 }) }],
])('takes the clock %s', async (_, runtime) => {
  const read = await timer(runtime)
  const before = performance.now()
  expect(read()).toBeGreaterThanOrEqual(before)
  expect(read()).toBeLessThan(before + 60_000)
})
