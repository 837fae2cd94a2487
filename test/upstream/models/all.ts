/** For testing only. Every model under which the law holds. */
import type { Model } from '../model.ts'
import { EDGE } from './edge.ts'
import { JAVA } from './java.ts'
import { JAVASCRIPT } from './javascript.ts'
import { MICROSOFT } from './microsoft.ts'
import { PROXIES } from './proxies.ts'
import { SCRIPTING } from './scripting.ts'

export const MODELS: readonly Model[] = [
  ...PROXIES,
  ...EDGE,
  ...JAVA,
  ...JAVASCRIPT,
  ...SCRIPTING,
  ...MICROSOFT,
]
