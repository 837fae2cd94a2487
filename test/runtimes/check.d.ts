import type { CompiledPolicy } from '../../src/compiled/index.ts'

export declare function answers(
  policy: CompiledPolicy | Omit<CompiledPolicy, 'scopes'>,
  scopes: readonly string[],
  method: string,
  path: string,
): string
