/** One run of wrk, its latencies as numbers. */
import { spawn } from 'node:child_process'

export interface Load {
  readonly requestsPerSecond: number
  /** Milliseconds. */
  readonly p50: number
  readonly p99: number
  /** Answers that were not 2xx or 3xx, and errors of the connection. */
  readonly failed: number
}

export async function load(
  url: string,
  headers: readonly string[],
  seconds: number,
  connections = 32,
  script?: string,
): Promise<Load> {
  const argv = ['-t1', `-c${connections}`, `-d${seconds}s`, '--latency']
  if (script !== undefined) argv.push('-s', script)
  for (const header of headers) argv.push('-H', header)
  const child = spawn('wrk', [...argv, url], { stdio: ['ignore', 'pipe', 'inherit'] })
  let text = ''
  child.stdout.on('data', (chunk: Buffer) => (text += chunk.toString()))
  await new Promise<void>((resolve, reject) => {
    child.on('error', reject)
    child.on('close', () => {
      resolve()
    })
  })
  const number = (pattern: RegExp): number => Number(pattern.exec(text)?.[1] ?? 0)
  const errors = /Socket errors: connect (\d+), read (\d+), write (\d+), timeout (\d+)/.exec(text) ?? []
  return {
    requestsPerSecond: number(/Requests\/sec:\s+([\d.]+)/),
    p50: milliseconds(/\s50%\s+(\S+)/.exec(text)?.[1]),
    p99: milliseconds(/\s99%\s+(\S+)/.exec(text)?.[1]),
    failed:
      number(/Non-2xx or 3xx responses: (\d+)/) + errors.slice(1).reduce((sum, one) => sum + Number(one), 0),
  }
}

function milliseconds(text = '0ms'): number {
  const value = Number.parseFloat(text)
  return text.endsWith('us') ? value / 1000 : text.endsWith('ms') ? value : value * 1000
}
