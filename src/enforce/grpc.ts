/**
 * Denials in the form that gRPC clients read: a response that consists of headers with `grpc-status`
 * ("Trailers-Only" in the gRPC protocol over HTTP/2), always with HTTP status 200.
 *
 * Only with the option `grpc`. By a header of the client's choice a denial would otherwise become a 200, which
 * a gateway that asks a server with this middleware takes for a permission.
 */
import type { Outcome, SentDenial } from './types.ts'

/** Status codes of gRPC: INVALID_ARGUMENT, UNAUTHENTICATED, PERMISSION_DENIED, INTERNAL. */
const GRPC_STATUS = { 400: '3', 401: '16', 403: '7', 500: '13' } as const

/** Media types, the longest first: a response has that of its request. */
const MEDIA_TYPES = ['application/grpc-web-text', 'application/grpc-web', 'application/grpc'] as const

/** The outcome, with a denial in the form for requests of this `content-type`. */
export function inFormOf(outcome: Outcome, contentType: unknown): Outcome {
  if (outcome.allow || typeof contentType !== 'string') return outcome
  const mediaType = MEDIA_TYPES.find((one) => contentType.toLowerCase().startsWith(one))
  return mediaType === undefined ? outcome : { ...outcome, ...grpcDenial(outcome, mediaType) }
}

function grpcDenial({ status, headers, body }: SentDenial, mediaType: string): SentDenial {
  return {
    status: 200,
    headers: {
      ...headers,
      'content-type': mediaType,
      'grpc-status': status === 200 ? GRPC_STATUS[500] : GRPC_STATUS[status],
      // Percent-encoded by the protocol; descriptions are printable ASCII without `%`.
      'grpc-message': body.error_description,
    },
    body,
  }
}
