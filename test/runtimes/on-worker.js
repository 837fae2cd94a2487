/* global Response */
/** For a worker: answers each request with the result. */
import { result } from './on-modules.js'

export default {
  fetch() {
    return new Response(JSON.stringify(result()))
  },
}
