/** What a thread gives back before it ends; without it the main thread frees it later, in one piece. */
import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { expect, test } from 'vitest'

const MODULE = new URL('../../src/serve/release-memory.ts', import.meta.url).href

test('a thread gives the pages of its garbage back', async () => {
  const thread = new Worker(
    `const { parentPort } = require('node:worker_threads')
    const { getHeapStatistics } = require('node:v8')
    const size = () => getHeapStatistics().total_heap_size
    const fill = () => Array.from({ length: 1_000_000 }, (_, index) => ({ index, name: 'item ' + index })).length
    import(${JSON.stringify(MODULE)}).then(({ releaseMemory }) => {
      fill()
      const before = size()
      releaseMemory()
      parentPort.postMessage({ before, after: size(), exposed: require('node:vm').runInNewContext('typeof gc') })
    })`,
    { eval: true },
  )
  const [{ before, after, exposed }] = (await once(thread, 'message')) as [
    { before: number; after: number; exposed: string },
  ]
  expect(before).toBeGreaterThan(50_000_000)
  expect(after).toBeLessThan(before / 2)
  expect(exposed).toBe('undefined')
})
