/**
 * What the nginx ingress controller makes of an Ingress, as far as these tests need it: the locations that its
 * template (`rootfs/etc/nginx/template/nginx.tmpl`) renders for the annotations of the example. What needs
 * modules that a plain nginx has not (`more_set_headers`, the balancer in Lua) is written with `add_header` and
 * `upstream`. An annotation that is not known here fails the test, so that no line of the example goes untried.
 */
import { parse } from 'yaml'
import type { Ports } from './gateway.ts'

const PREFIX = 'nginx.ingress.kubernetes.io/'

interface Ingress {
  readonly kind: string
  readonly metadata: { readonly annotations: Readonly<Record<string, string>> }
}

interface ConfigMap {
  readonly kind: string
  readonly data: Readonly<Record<string, string>>
}

/** A `server` of nginx for the documents of the example. */
export function rendered(documents: string, ports: Ports): string {
  const parts = documents.split(/^---$/m).map((text) => parse(text) as Ingress | ConfigMap)
  const ingress = parts.find((part): part is Ingress => part.kind === 'Ingress')
  const headers = parts.find((part): part is ConfigMap => part.kind === 'ConfigMap')?.data ?? {}
  if (ingress === undefined) throw new Error('there is no Ingress')
  const unread = new Map(Object.entries(ingress.metadata.annotations))
  const read = (name: string, fallback: string): string => {
    const value = unread.get(`${PREFIX}${name}`) ?? fallback
    unread.delete(`${PREFIX}${name}`)
    return value
  }
  const { pathname } = new URL(read('auth-url', ''))
  const method = read('auth-method', '')
  const names = read('auth-response-headers', '').split(',')
  const bodySize = read('proxy-body-size', '1m')
  const bufferSize = read('proxy-buffer-size', '4k')
  const cors = read('enable-cors', 'false') === 'true'
  const allowed = {
    'Access-Control-Allow-Origin': read('cors-allow-origin', '*'),
    'Access-Control-Allow-Methods': read('cors-allow-methods', 'GET, PUT, POST, DELETE, PATCH, OPTIONS'),
    'Access-Control-Allow-Headers': read('cors-allow-headers', 'Authorization'),
    'Access-Control-Expose-Headers': read('cors-expose-headers', ''),
    'Access-Control-Max-Age': '1728000',
  }
  if (unread.size > 0) throw new Error(`annotations that are not rendered: ${[...unread.keys()].join(', ')}`)
  const corsLines = Object.entries(allowed).map(([name, value]) => `add_header ${name} "${value}" always;`)
  const variable = (name: string): string => `authHeader${names.indexOf(name)}`
  const buffers = `proxy_buffer_size ${bufferSize}; proxy_buffers 4 ${bufferSize};`
  return `
map $http_upgrade $connection_upgrade { default upgrade; '' ''; }
upstream upstream_balancer { server 127.0.0.1:${ports.api}; keepalive 320; }
large_client_header_buffers 4 32k;
underscores_in_headers off;
server {
  listen 127.0.0.1:${ports.gateway};
  listen 127.0.0.1:${ports.http2} http2;
  location = /_external-auth {
    internal;
    proxy_pass_request_body off;
    proxy_set_header Content-Length "";
    proxy_set_header X-Forwarded-Proto "";
    ${method === '' ? '' : `proxy_method ${method}; proxy_set_header X-Original-URI $request_uri; proxy_set_header X-Scheme $scheme;`}
    proxy_set_header Host 127.0.0.1;
    proxy_set_header X-Original-URL $scheme://$http_host$request_uri;
    proxy_set_header X-Original-Method $request_method;
    proxy_set_header X-Sent-From "nginx-ingress-controller";
    proxy_set_header X-Real-IP $remote_addr;
    proxy_set_header X-Forwarded-For $remote_addr;
    proxy_set_header X-Auth-Request-Redirect $request_uri;
    ${buffers}
    proxy_http_version 1.1;
    proxy_pass_request_headers on;
    client_max_body_size ${bodySize};
    proxy_pass http://127.0.0.1:${ports.decisions}${pathname};
  }
  location / {
    auth_request /_external-auth;
    ${names.map((name) => `auth_request_set $${variable(name)} $upstream_http_${name.replaceAll('-', '_').toLowerCase()}; proxy_set_header '${name}' $${variable(name)};`).join('\n    ')}
    ${cors ? `if ($request_method = 'OPTIONS') { ${corsLines.join(' ')} return 204; }\n    ${corsLines.join(' ')} proxy_hide_header Access-Control-Allow-Origin;` : ''}
    client_max_body_size ${bodySize};
    proxy_set_header Host $http_host;
    proxy_set_header Upgrade $http_upgrade;
    proxy_set_header Connection $connection_upgrade;
    proxy_set_header X-Real-IP $remote_addr;
    proxy_set_header X-Forwarded-For $remote_addr;
    proxy_set_header Proxy "";
    ${Object.entries(headers)
      .map(([name, value]) => `proxy_set_header ${name} "${value}";`)
      .join('\n    ')}
    ${buffers}
    proxy_http_version 1.1;
    proxy_pass http://upstream_balancer;
  }
}`
}
