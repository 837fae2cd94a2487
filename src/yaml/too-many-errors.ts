import { formatNumber } from '../diagnostic/words.ts'

/** The finding that ends the reading of a document. */
export function tooManyErrors(limit: number): { readonly message: string; readonly help: string } {
  return {
    message: `more than ${formatNumber(limit)} errors`,
    help: 'this is hardly a scope policy; the limit is `limits.errors` in code',
  }
}
