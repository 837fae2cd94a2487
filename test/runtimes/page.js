/** For a page: leaves the result where the test finds it. */
import { result } from './on-modules.js'

globalThis.result = JSON.stringify(result())
