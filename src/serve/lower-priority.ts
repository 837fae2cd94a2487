/**
 * Lets decisions go first where the thread that reads a document shares a core with the one that decides: without it
 * each waits for the other's slice (72 ms for 100,000 endpoints with `wildcard: segment`, on one core with two threads).
 */
import { readlinkSync } from 'node:fs'
import { getPriority, setPriority } from 'node:os'

/** A third of the usual share of a busy core: reading goes on also while every core is busy with decisions. */
const NICE = 5
const LOWEST = 19

/** For the thread that calls it, on Linux. Elsewhere a priority is one of the process, and nothing is done. */
export function lowerPriority(): void {
  try {
    const thread = Number(readlinkSync('/proc/thread-self').split('/').at(-1))
    setPriority(thread, Math.min(getPriority(thread) + NICE, LOWEST))
  } catch {
    // No such file, or not permitted: the thread reads as fast as others decide.
  }
}
