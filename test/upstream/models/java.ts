/** For testing only. Servlet containers and frameworks on the JVM. */
import { type Model, model, steps } from '../model.ts'
import {
  backslashAsSlash,
  cutAt,
  decode,
  decodeBut,
  decodeUnreserved,
  dropSlash,
  MALFORMED,
  mergeSlashes,
  refuseWhere,
  removeDots,
  removeDotsInside,
  stripParameters,
} from '../steps.ts'

const TOMCAT = 'tomcat `java/org/apache/catalina/connector/CoyoteAdapter.java`, `normalize`'
/** `java.net.URLDecoder`, which is meant for forms. */
const formDecode = (text: string): string => decode(text.replaceAll('+', ' '))

/** Everything that StrictHttpFirewall refuses in a path. */
const FIREWALL = /\/\/|(^|\/)\.{1,2}(\/|$)|;|%3b|%2f|\\|%5c|%25|%2e|%00|\0|%0a|%0d|[\n\r]|[^\x20-\x7e]/i

export const JAVA: readonly Model[] = [
  model(
    'tomcat',
    'Tomcat',
    'strips path parameters; refuses `%2F`, backslashes and NUL; decodes; merges slashes; removes dot segments',
    ['source', TOMCAT],
    steps(
      stripParameters,
      refuseWhere(/%2f/i),
      decode,
      refuseWhere(/[\\\0]/),
      mergeSlashes,
      removeDotsInside,
    ),
    decode,
  ),
  model(
    'tomcat-lenient',
    'Tomcat, `allowBackslash`, `encodedSolidusHandling="decode"`',
    'the same, but `%2F` and backslashes are slashes',
    ['source', `${TOMCAT}; dev@tomcat msg141714, msg181201`],
    steps(stripParameters, decode, refuseWhere(/\0/), backslashAsSlash, mergeSlashes, removeDotsInside),
    decode,
  ),
  model(
    'jetty-legacy',
    'Jetty, `UriCompliance.LEGACY`',
    'removes path parameters, decodes, then removes dot segments',
    ['documentation', 'Jetty javadoc, `HttpURI.getDecodedPath`; jetty.project issue 4275'],
    steps(stripParameters, decode, removeDotsInside),
    decode,
  ),
  model(
    'undertow',
    'Undertow',
    'strips path parameters; decodes all but `%2F`; removes empty and dot segments',
    ['source', 'undertow `io/undertow/util/CanonicalPathUtils.java`; decoding from memory'],
    steps(stripParameters, decodeBut('/'), mergeSlashes, removeDots),
    decodeBut('/'),
  ),
  model(
    'shiro',
    'Apache Shiro, `getRequestUri`',
    'decodes as a form; cuts at `;`; takes a backslash for a slash; merges slashes; removes dot segments',
    ['source', 'shiro `org/apache/shiro/web/util/WebUtils.java`'],
    steps(formDecode, cutAt(';'), backslashAsSlash, mergeSlashes, removeDotsInside),
    formDecode,
  ),
  model(
    'spring-mvc-5',
    'Spring MVC 5, `UrlPathHelper` and `AntPathMatcher`',
    'strips from `;` to the next slash; decodes; merges slashes; a slash at the end is optional',
    ['source', 'spring-web `UrlPathHelper.java`, `removeSemicolonContentInternal`; slashes from memory'],
    steps(stripParameters, decode, mergeSlashes, dropSlash),
    decode,
  ),
  model(
    'spring-path-pattern',
    'Spring 5.3, `PathPattern`',
    'splits at slashes; strips parameters and decodes per segment; a slash at the end is optional',
    ['memory', 'spring-web `org.springframework.http.server.PathContainer`'],
    steps(stripParameters, decodeBut('/'), dropSlash),
    decodeBut('/'),
  ),
  model(
    'spring-firewall',
    'Spring Security, `StrictHttpFirewall`, before Spring MVC 5',
    'refuses `//`, dot segments, `;`, `%2F`, `%5C`, `%25`, `%2E`, NUL and line ends; a slash at the end is optional',
    ['documentation', 'docs.spring.io/spring-security, HttpFirewall; dropping the slash from memory'],
    steps(refuseWhere(FIREWALL), decode, dropSlash),
    decode,
  ),
  model(
    'vertx',
    'Vert.x Web, `normalizedPath`',
    'decodes unreserved characters, removes dot segments, merges slashes',
    ['memory', 'vertx-web `RoutingContext.normalizedPath`'],
    steps(decodeUnreserved, removeDots, mergeSlashes),
  ),
  model(
    'pekko',
    'Akka HTTP and Pekko HTTP',
    'splits at slashes, decodes each segment',
    ['memory', '`Uri.Path`'],
    steps(refuseWhere(MALFORMED), decodeBut('/')),
    decodeBut('/'),
  ),
]
