/**
 * Values that may be promises, without making a promise of those that are not.
 */
import type { Awaitable } from './types.ts'

/** `then` that stays synchronous for a plain value. */
export function chain<T, U>(value: Awaitable<T>, next: (value: T) => Awaitable<U>): Awaitable<U> {
  // A foreign `then` may call back twice or never return a promise; `resolve` makes a proper one of it.
  return isPromiseLike(value) ? Promise.resolve(value).then(next) : next(value)
}

/** By its `then`, as `await` does: promises also come from other realms and libraries. */
export function isPromiseLike<T>(value: Awaitable<T>): value is PromiseLike<T> {
  return typeof (value as { then?: unknown } | null | undefined)?.then === 'function'
}
