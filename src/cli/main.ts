#!/usr/bin/env node
/** The process around `run`. The exit code is set, not forced, so that output to a pipe is written out. */
import process from 'node:process'
import { setFlagsFromString } from 'node:v8'
import { processIo } from './io/process-io.ts'
import { run } from './run.ts'

/** Commands that answer until they are stopped: collecting more often would make some answers late. */
const SERVERS: readonly string[] = ['serve', 'lsp', 'playground']

/**
 * By default the heap may grow to four times of what was in use once, most of it garbage: 10,000 operations of OpenAPI
 * are compared within 90 MiB, and took up to 750. So they take 400 to 550, and no measurable time.
 */
function collectEarlier(): void {
  try {
    setFlagsFromString('--heap-growing-percent=50')
  } catch {
    // A runtime without V8 collects as it does.
  }
}

const args = process.argv.slice(2)
if (!SERVERS.includes(args[0] ?? '')) collectEarlier()
const code = await run(args, processIo())
// An answer that could not be written has set it already.
process.exitCode ??= code
