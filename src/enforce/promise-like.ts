import type { Awaitable } from './types.ts'

/** By its `then`, as `await` does: promises also come from other realms and libraries. */
export function isPromiseLike<T>(value: Awaitable<T>): value is PromiseLike<T> {
  return typeof (value as { then?: unknown } | null | undefined)?.then === 'function'
}
