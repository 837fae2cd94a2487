/** Methods: those of documents (upper case, or a lower-case spelling that is read as upper case), and of requests. */
import fc from 'fast-check'

export const COMMON_METHODS: readonly string[] = ['DELETE', 'GET', 'PATCH', 'POST', 'PUT']
const UNCOMMON_METHODS = ['HEAD', 'OPTIONS', 'PROPFIND']

/** A method as a document may write it. */
export const documentMethod: fc.Arbitrary<string> = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom('GET', 'POST') },
  { weight: 3, arbitrary: fc.constantFrom(...COMMON_METHODS) },
  { weight: 1, arbitrary: fc.constantFrom(...UNCOMMON_METHODS) },
  { weight: 1, arbitrary: fc.constantFrom('get', 'post') },
)

/** A method as a request may send it; most are upper case, since methods are compared exactly. */
export const requestMethod: fc.Arbitrary<string> = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom('GET', 'POST') },
  { weight: 3, arbitrary: fc.constantFrom(...COMMON_METHODS) },
  { weight: 2, arbitrary: fc.constantFrom(...UNCOMMON_METHODS) },
  {
    weight: 1,
    arbitrary: fc.constantFrom('get', 'Get', 'GET ', '', 'ANY', '*', 'TRACE', 'PO\u017fT', '__proto__'),
  },
)

/** The IANA registry of methods (RFC 9110 §16.1.1), more than fit the bits of a word. */
export const REGISTERED_METHODS: readonly string[] = (
  'ACL BASELINE-CONTROL BIND CHECKIN CHECKOUT CONNECT COPY DELETE GET HEAD LABEL LINK LOCK MERGE MKACTIVITY ' +
  'MKCALENDAR MKCOL MKREDIRECTREF MKWORKSPACE MOVE OPTIONS ORDERPATCH PATCH POST PRI PROPFIND PROPPATCH PUT ' +
  'REBIND REPORT SEARCH TRACE UNBIND UNCHECKOUT UNLINK UNLOCK UPDATE UPDATEREDIRECTREF VERSION-CONTROL'
).split(' ')
