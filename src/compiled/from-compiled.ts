/**
 * From data back to a policy that decides. The data may come from anywhere: it decides by tables that are built
 * anew from its list of endpoints, and is refused where its own tables are others, whatever its checksum says.
 */
import type { CompiledPolicy, NamedCompiledPolicy } from '../decision/named.ts'
import { type CompiledData, seal } from './data.ts'
import { CompiledPolicyError, assert } from './error.ts'
import { openContent } from './open-content.ts'
import { unpackMore } from './open-more.ts'
import { rebuild, verifyNames } from './rebuild.ts'
import { verifyShape } from './verify-shape.ts'

/**
 * Opens what `toCompiled` gave, or its JSON text.
 *
 * Throws `CompiledPolicyError` (`code: 'ERR_INVALID_COMPILED_POLICY'`) for anything else. Data whose
 * tables are not those of its own list of endpoints is refused, too; who could write the data can of course
 * write another list.
 */
export function fromCompiled(data: unknown): CompiledPolicy
export function fromCompiled<Name extends string>(data: unknown): NamedCompiledPolicy<Name>
export function fromCompiled(data: unknown): CompiledPolicy {
  const compiled = snapshot(data)
  verifyShape(compiled)
  assert(seal(compiled).checksum === compiled.checksum, 'the checksum is wrong')
  const { more, ...content } = compiled
  const names = more?.names
  if (names !== null && names !== undefined) verifyNames(names)
  const tables = rebuild(compiled)
  const open = more && { more: unpackMore(more, tables.scopes) }
  return openContent({ ...content, tables, ...open }).policy
}

/** A copy, which cannot change while it is checked. */
function snapshot(data: unknown): CompiledData {
  try {
    return JSON.parse(typeof data === 'string' ? data : JSON.stringify(data)) as CompiledData
  } catch {
    throw new CompiledPolicyError('not a compiled policy: not JSON')
  }
}
