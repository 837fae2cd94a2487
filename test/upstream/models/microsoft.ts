/** For testing only. http.sys, IIS and ASP.NET Core. */
import { type Model, model, steps } from '../model.ts'
import {
  backslashAsSlash,
  decode,
  decodeBut,
  decodeOverlong,
  dropSlash,
  fold,
  mergeSlashes,
  refuseWhere,
  removeDots,
} from '../steps.ts'

/** `%u002e`, which no RFC knows. */
const decodeUnicodeEscapes = (path: string): string =>
  path.replace(/%u([0-9A-Fa-f]{4})/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 16)))
const twice = (path: string): string => decode(decode(path))

export const MICROSOFT: readonly Model[] = [
  model(
    'iis',
    'IIS and http.sys',
    'decodes, also `%u002e`; takes a backslash for a slash; removes dot segments; ignores case',
    ['memory', 'http.sys, `UrlSegmentMaxLength` and `EnableNonUTF8`; Istio names the backslash'],
    steps(decodeUnicodeEscapes, refuseWhere(/%00/), decode, backslashAsSlash, removeDots, fold),
    (literal) => fold(decode(literal)),
  ),
  model(
    'iis-double',
    'IIS 4 and 5',
    'decodes twice, as IIS does',
    ['memory', 'MS01-026, CVE-2001-0333'],
    steps(twice, backslashAsSlash, removeDots, fold),
    (literal) => fold(twice(literal)),
  ),
  model(
    'iis-overlong',
    'IIS 4 and 5',
    'decodes UTF-8 in more bytes than needed',
    ['memory', 'MS00-078, CVE-2000-0884'],
    steps(decodeOverlong, backslashAsSlash, removeDots, fold),
    (literal) => fold(decodeOverlong(literal)),
  ),
  model(
    'kestrel',
    'ASP.NET Core, Kestrel',
    'refuses NUL; decodes all but `%2F`; removes dot segments',
    ['source', 'aspnetcore `UrlDecoder.cs`, `PathNormalizer.cs`'],
    steps(refuseWhere(/%00|\0/), decodeBut('/'), removeDots),
    decodeBut('/'),
  ),
  model(
    'aspnet-routing',
    'ASP.NET Core, endpoint routing on Kestrel',
    'as Kestrel; ignores case and a slash at the end',
    ['memory', '`PathTokenizer`'],
    steps(refuseWhere(/%00|\0/), decodeBut('/'), removeDots, dropSlash, fold),
    (literal) => fold(decodeBut('/')(literal)),
  ),
  model(
    'asp-file',
    'ASP.NET, files by path',
    'decodes; a backslash is a slash; merges slashes; removes dot segments',
    ['memory', '`Server.MapPath`'],
    steps(refuseWhere(/%00|\0/), decode, backslashAsSlash, mergeSlashes, removeDots, fold),
    (literal) => fold(decode(literal)),
  ),
]
