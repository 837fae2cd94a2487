/** The parts of a JSON Pointer (RFC 6901), without their escapes. */
export function pointerParts(pointer: string): readonly string[] {
  const parts = pointer.split('/').slice(1)
  return parts.map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
}
