/** Certificate-bound tokens (RFC 8705): the certificate in each form in which gateways pass it. */
import { execFileSync } from 'node:child_process'
import { X509Certificate } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { checkCertificate } from '../../src/serve/tokens/certificate.ts'

function certificate(subject: string): { readonly pem: string; readonly der: Buffer; readonly hash: string } {
  const folder = mkdtempSync(join(tmpdir(), 'scope-policy-certificate-'))
  try {
    const request = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes']
    const files = ['-keyout', join(folder, 'key'), '-out', join(folder, 'pem'), '-days', '2']
    execFileSync('openssl', [...request, ...files, '-subj', subject], { stdio: 'ignore' })
    const pem = readFileSync(join(folder, 'pem'), 'utf8')
    const { raw, fingerprint256 } = new X509Certificate(pem)
    return { pem, der: raw, hash: fingerprint256.replaceAll(':', '').toLowerCase() }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

const own = certificate('/CN=client')
const other = certificate('/CN=other')
const thumbprint = Buffer.from(own.hash, 'hex').toString('base64url')
const base64 = own.der.toString('base64')
/** As Go and nginx do it: `+`, `/` and `=` too. */
const escaped = encodeURIComponent(own.pem)
/** As AWS does it: `+`, `=` and `/` stay. */
const escapedByAws = escaped.replaceAll('%2B', '+').replaceAll('%2F', '/').replaceAll('%3D', '=')
const xfcc = `By=spiffe://a/b;Hash=${own.hash};Cert="${escaped}";Subject="CN=client,O=\\"a;b\\"";URI=;DNS=a.example;DNS=b.example`

const FORMS: Readonly<Record<string, string>> = {
  'RFC 9440': `:${base64}:`,
  'nginx, $ssl_client_escaped_cert': escaped,
  'nginx, $ssl_client_cert': own.pem.trim().replaceAll('\n', '\n\t'),
  'HAProxy, ssl_c_der,base64': base64,
  'Caddy, certificate_der_base64': base64,
  'Traefik, pem': base64,
  'Traefik, pem, escaped': encodeURIComponent(base64),
  'AWS ALB, X-Amzn-Mtls-Clientcert-Leaf': escapedByAws,
  'Apache, SSL_CLIENT_CERT': own.pem.trim().replaceAll('\n', ' '),
  'Envoy, XFCC': xfcc,
  'Envoy, XFCC with the hash alone': `Hash=${own.hash};Subject="CN=client"`,
  'Envoy, gRPC': own.pem,
}

describe.each(Object.entries(FORMS))('%s', (_, value) => {
  test('is the certificate that the token is bound to', () => {
    expect(() => {
      checkCertificate(value, thumbprint)
    }).not.toThrow()
    expect(() => {
      checkCertificate(value, `${thumbprint}=`)
    }).not.toThrow()
  })

  test('is not another one', () => {
    const others = Buffer.from(other.hash, 'hex').toString('base64url')
    for (const expected of [others, '', undefined, null, own.hash, [thumbprint]])
      expect(() => {
        checkCertificate(value, expected)
      }).toThrow(/another certificate/)
  })
})

test.each([
  ['nothing', undefined],
  ['an empty header', ''],
  ['two elements of Envoy', `${xfcc},Hash=${other.hash}`],
  ['two elements of Envoy, ours last', `Hash=${other.hash},${xfcc}`],
  ['two hashes', `Hash=${other.hash};Hash=${own.hash}`],
  ['two certificates', `${escaped}${encodeURIComponent(other.pem)}`],
  ['two certificates of Traefik', `${base64},${other.der.toString('base64')}`],
  ['a hash in the subject, which a client may choose', `Subject="CN=a;Hash=${own.hash};O=b"`],
  ['a hash in a subject after the certificate', `Hash=${other.hash};Subject="CN=a;Hash=${own.hash};O=b"`],
  ['a certificate in a subject', `Hash=${other.hash};Subject="CN=\\";Cert=\\"${escaped}\\""`],
  ['a hash that is too short', `Hash=${own.hash.slice(2)}`],
  ['quotation marks that do not end', `Cert="${escaped}`],
  ['broken escapes', `${escaped}%`],
  ['text', 'client'],
])('%s binds to nothing', (_, value) => {
  expect(() => {
    checkCertificate(value, thumbprint)
  }).toThrow()
})
