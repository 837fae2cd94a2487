/**
 * Bytes that are held: the heap and the array buffers outside of it, after garbage has been collected. The
 * process has to run with `--expose-gc`, and with `--no-flush-bytecode`, or code that has not run for a
 * while would be thrown away and counted as memory saved. Memory inside WebAssembly is not seen.
 */
import { setImmediate } from 'node:timers/promises'
import { getHeapSpaceStatistics } from 'node:v8'

/**
 * Everything, or only data. Code (`code_*` and `trusted_*` spaces) is what the engine makes of functions
 * and expressions as they run hot; it grows for a while with any traffic, whatever the policy.
 */
export type Held = 'all' | 'data'

export async function heldBytes(what: Held): Promise<number> {
  const collect = globalThis.gc
  if (collect === undefined) throw new Error('memory can only be measured with --expose-gc')
  let held = Infinity
  // Finalizers run between collections and free more, so collect until nothing comes of it.
  for (let round = 0; round < 10; round++) {
    collect()
    await setImmediate()
    const now = usedBytes(what)
    const steady = round > 2 && now > held * 0.9995
    held = now
    if (steady) break
  }
  return held
}

function usedBytes(what: Held): number {
  const spaces = getHeapSpaceStatistics().filter(
    ({ space_name: name }) => what === 'all' || !/^(?:code|trusted)/.test(name),
  )
  return spaces.reduce((sum, space) => sum + space.space_used_size, process.memoryUsage().arrayBuffers)
}
