/** The thread that reads documents goes after the one that decides, where the system can tell them apart. */
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { getPriority } from 'node:os'
import { Worker } from 'node:worker_threads'
import { expect, test } from 'vitest'

const MODULE = new URL('../../src/serve/lower-priority.ts', import.meta.url).href

test.skipIf(!existsSync('/proc/thread-self'))(
  'the priority of one thread is lowered, and no other',
  async () => {
    const before = getPriority()
    const thread = new Worker(
      `import(${JSON.stringify(MODULE)}).then(({ lowerPriority }) => {
      lowerPriority()
      const id = Number(require('node:fs').readlinkSync('/proc/thread-self').split('/').at(-1))
      const { getPriority } = require('node:os')
      require('node:worker_threads').parentPort.postMessage({ ours: getPriority(id), main: getPriority(process.pid) })
    })`,
      { eval: true },
    )
    const [{ ours, main }] = (await once(thread, 'message')) as [{ ours: number; main: number }]
    expect(ours).toBe(Math.min(before + 5, 19))
    expect(main).toBe(before)
    expect(getPriority()).toBe(before)
  },
)
