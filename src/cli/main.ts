#!/usr/bin/env node
/** The process around `run`. The exit code is set, not forced, so that output to a pipe is written out. */
import process from 'node:process'
import { processIo } from './io/process-io.ts'
import { run } from './run.ts'

const code = await run(process.argv.slice(2), processIo())
// An answer that could not be written has set it already.
process.exitCode ??= code
