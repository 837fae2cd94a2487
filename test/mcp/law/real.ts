/**
 * Real parsers: those of Node, and of Python, pydantic and Go where they are installed. Each gets all bodies at
 * once and gives the messages of each, or null where it refuses the body.
 */
import { execFile, execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Reading } from './readers.ts'

export interface RealReader {
  readonly name: string
  /** Why it cannot be asked; undefined when it can. */
  readonly missing: string | undefined
  readonly read: (bodies: readonly Uint8Array[]) => Promise<readonly (readonly Reading[] | null)[]>
}

const PYTHON = `
import base64, json, sys
def names(method, params):
    params = params if isinstance(params, dict) else {}
    def text(holder, key):
        value = holder.get(key) if isinstance(holder, dict) else None
        return [value] if isinstance(value, str) else []
    if method in ('tools/call', 'prompts/get'): return text(params, 'name')
    if method in ('resources/read', 'resources/subscribe', 'resources/unsubscribe'): return text(params, 'uri')
    if method == 'completion/complete':
        ref = params.get('ref')
        kind = text(ref, 'type')
        return text(ref, 'name' if kind == ['ref/prompt'] else 'uri')
    if method == 'subscriptions/listen':
        wanted = params.get('notifications')
        uris = wanted.get('resourceSubscriptions') if isinstance(wanted, dict) else None
        return [uri for uri in uris if isinstance(uri, str)] if isinstance(uris, list) else []
    return []
def message(value):
    method = value.get('method')
    if not isinstance(method, str): return {'method': '', 'names': []}
    return {'method': method, 'names': names(method, value.get('params'))}
def loads(data):
    LOADS
for line in sys.stdin:
    try:
        value = loads(base64.b64decode(line))
        values = value if isinstance(value, list) else [value]
        print(json.dumps([message(one) for one in values]))
    except Exception:
        print('null')
`

const GO = `
package main

import (
	"bufio"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"os"
)

type params struct {
	Name string \`json:"name"\`
	URI  string \`json:"uri"\`
	Ref  struct {
		Type string \`json:"type"\`
		Name string \`json:"name"\`
		URI  string \`json:"uri"\`
	} \`json:"ref"\`
	Notifications struct {
		ResourceSubscriptions []string \`json:"resourceSubscriptions"\`
	} \`json:"notifications"\`
}

type message struct {
	Method string          \`json:"method"\`
	Params json.RawMessage \`json:"params"\`
}

type reading struct {
	Method string   \`json:"method"\`
	Names  []string \`json:"names"\`
}

func read(m message) (reading, error) {
	var p params
	r := reading{m.Method, []string{}}
	switch m.Method {
	case "tools/call", "prompts/get", "resources/read", "resources/subscribe", "resources/unsubscribe",
		"completion/complete", "subscriptions/listen":
		if err := json.Unmarshal(m.Params, &p); err != nil {
			return r, err
		}
	}
	switch m.Method {
	case "tools/call", "prompts/get":
		r.Names = append(r.Names, p.Name)
	case "resources/read", "resources/subscribe", "resources/unsubscribe":
		r.Names = append(r.Names, p.URI)
	case "completion/complete":
		if p.Ref.Type == "ref/prompt" {
			r.Names = append(r.Names, p.Ref.Name)
		} else {
			r.Names = append(r.Names, p.Ref.URI)
		}
	case "subscriptions/listen":
		r.Names = append(r.Names, p.Notifications.ResourceSubscriptions...)
	}
	return r, nil
}

func readAll(data []byte) ([]reading, error) {
	var many []message
	if err := json.Unmarshal(data, &many); err != nil {
		var one message
		if err := json.Unmarshal(data, &one); err != nil {
			return nil, err
		}
		many = []message{one}
	}
	out := []reading{}
	for _, m := range many {
		r, err := read(m)
		if err != nil {
			return nil, err
		}
		out = append(out, r)
	}
	return out, nil
}

func main() {
	in := bufio.NewScanner(os.Stdin)
	in.Buffer(nil, 1<<24)
	encoder := json.NewEncoder(os.Stdout)
	encoder.SetEscapeHTML(false)
	for in.Scan() {
		data, _ := base64.StdEncoding.DecodeString(in.Text())
		if out, err := readAll(data); err != nil {
			fmt.Println("null")
		} else {
			encoder.Encode(out)
		}
	}
}
`

/** The readers; those that are not installed say so. */
export function realReaders(): readonly RealReader[] {
  const python = missing('python3', ['-c', 'import json'])
  const pydantic = python ?? missing('python3', ['-c', 'import pydantic_core'])
  return [
    {
      name: 'JSON.parse of this runtime',
      missing: undefined,
      read: (bodies) => Promise.resolve(bodies.map(readHere)),
    },
    {
      name: 'json of Python',
      missing: python,
      read: (bodies) => ask('python3', ['-c', PYTHON.replace('LOADS', 'return json.loads(data)')], bodies),
    },
    {
      name: 'pydantic',
      missing: pydantic,
      read: (bodies) =>
        ask(
          'python3',
          ['-c', PYTHON.replace('LOADS', 'import pydantic_core; return pydantic_core.from_json(data)')],
          bodies,
        ),
    },
    { name: 'encoding/json of Go', missing: missing('go', ['version']), read: askGo },
  ]
}

async function askGo(bodies: readonly Uint8Array[]): Promise<readonly (readonly Reading[] | null)[]> {
  const folder = mkdtempSync(join(tmpdir(), 'scope-policy-go-'))
  try {
    writeFileSync(join(folder, 'main.go'), GO)
    const binary = join(folder, 'reader')
    execFileSync('go', ['build', '-o', binary, 'main.go'], { cwd: folder, stdio: 'pipe' })
    return await ask(binary, [], bodies)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function ask(
  program: string,
  parameters: readonly string[],
  bodies: readonly Uint8Array[],
): Promise<readonly (readonly Reading[] | null)[]> {
  return new Promise((resolve, reject) => {
    const child = execFile(program, parameters, { maxBuffer: 1 << 28 }, (error, stdout) => {
      if (error === null)
        resolve(
          stdout
            .trim()
            .split('\n')
            .map((line) => JSON.parse(line) as Reading[] | null),
        )
      else reject(new Error('the reader failed', { cause: error }))
    })
    child.stdin?.end(bodies.map((bytes) => `${Buffer.from(bytes).toString('base64')}\n`).join(''))
  })
}

function missing(program: string, parameters: readonly string[]): string | undefined {
  try {
    execFileSync(program, parameters, { stdio: 'ignore' })
    return undefined
  } catch {
    return `${program} ${parameters.includes('import pydantic_core') ? 'has no pydantic' : 'is not installed'}: skipped`
  }
}

/** Node's own reading of the parsed value, without any of the checks. */
function readHere(bytes: Uint8Array): readonly Reading[] | null {
  interface Loose {
    readonly method?: unknown
    readonly params?: Readonly<Record<string, unknown>>
  }
  const named = (method: string, params: Readonly<Record<string, unknown>> = {}): unknown[] => {
    const reference = params['ref'] as Readonly<Record<string, unknown>> | undefined
    const filter = params['notifications'] as { readonly resourceSubscriptions?: unknown[] } | undefined
    switch (method) {
      case 'tools/call':
      case 'prompts/get':
        return [params['name']]
      case 'resources/read':
      case 'resources/subscribe':
      case 'resources/unsubscribe':
        return [params['uri']]
      case 'completion/complete':
        return [reference?.['type'] === 'ref/prompt' ? reference['name'] : reference?.['uri']]
      case 'subscriptions/listen':
        return filter?.resourceSubscriptions ?? []
      default:
        return []
    }
  }
  try {
    const value = JSON.parse(new TextDecoder().decode(bytes)) as Loose | Loose[]
    return (Array.isArray(value) ? value : [value]).map(({ method, params }) =>
      typeof method === 'string'
        ? { method, names: named(method, params) as string[] }
        : { method: '', names: [] },
    )
  } catch {
    return null
  }
}
