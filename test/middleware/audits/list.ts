/** Every audit, in the order of the files. */
import type { Audit } from './audit.ts'
import { challenges } from './challenges.ts'
import { exceptions } from './exceptions.ts'
import { metadata } from './metadata.ts'
import { methods } from './methods.ts'
import { modes } from './modes.ts'
import { paths } from './paths.ts'
import { tokens } from './tokens.ts'
import { upgrades } from './upgrades.ts'

export const AUDITS: readonly Audit[] = [
  ...paths,
  ...methods,
  ...tokens,
  ...challenges,
  ...exceptions,
  ...modes,
  ...metadata,
  ...upgrades,
]
