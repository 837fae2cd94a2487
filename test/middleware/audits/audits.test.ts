/**
 * The audits, on a real server of every framework.
 *
 * For every request of every audit but those in report-only: no handler ran that the token does not grant for
 * the route it ran for.
 */
import { afterAll, describe, expect, test } from 'vitest'
import type { DecisionRecord } from '../../../src/enforce/types.ts'
import { raw } from '../raw-http.ts'
import type { RawResponse } from '../raw-http.ts'
import { frameworks as express } from '../servers/express.ts'
import { frameworks as fastify } from '../servers/fastify.ts'
import { frameworks as fetch } from '../servers/fetch.ts'
import { frameworks as hono } from '../servers/hono.ts'
import { frameworks as koa } from '../servers/koa.ts'
import { frameworks as nest } from '../servers/nest.ts'
import type { Framework, Running } from '../servers/server.ts'
import { isBypass } from './app.ts'
import type { Run } from './app.ts'
import type { Subject, Trait } from './audit.ts'
import { AUDITS } from './list.ts'
import { scopesOf, setupOf } from './setups.ts'
import type { SetupName } from './setups.ts'

const FRAMEWORKS: readonly Framework[] = [...express, ...fastify, ...hono, ...koa, ...nest, ...fetch]

/** Starts a server for each setup when it is first asked. */
function subjectOf(framework: Framework): Subject & { readonly stop: () => Promise<unknown> } {
  const servers = new Map<SetupName, Promise<Running>>()
  let ran: Run[] = []
  let records: DecisionRecord[] = []
  const told = {
    ran: (run: Run) => void ran.push(run),
    decided: (record: DecisionRecord) => void records.push(record),
  }
  const send = async (
    setup: SetupName,
    requestLine: string,
    headers: readonly string[],
  ): Promise<RawResponse> => {
    const server = servers.get(setup) ?? framework.start(setupOf(setup), told)
    servers.set(setup, server)
    return raw((await server).port, requestLine, headers)
  }
  const ask: Subject['ask'] = async (setup, requestLine, token, headerLines = []) => {
    const [ranHere, recordsHere] = [(ran = []), (records = [])]
    const headers = token === undefined ? headerLines : [`Authorization: Bearer ${token}`, ...headerLines]
    const response = await send(setup, requestLine, headers)
    if (setup !== 'report-only' && setup !== 'changing') {
      const scopes = scopesOf(headers.filter((line) => /^authorization:/i.test(line)).map(valueOf)) ?? []
      expect(ranHere.filter((run) => isBypass(run, scopes))).toEqual([])
    }
    return { response, ran: ranHere, records: recordsHere }
  }
  const askAll: Subject['askAll'] = async (setup, requestLines, token) => {
    const heard = { ran: (ran = []), records: (records = []) }
    await Promise.all(requestLines.map((line) => send(setup, line, [`Authorization: Bearer ${token}`])))
    return heard
  }
  const has = (trait: Trait): boolean => framework.lacks?.includes(trait) !== true
  const stop = async (): Promise<unknown> =>
    Promise.all([...servers.values()].map(async (server) => (await server).stop()))
  return { has, ask, askAll, stop }
}

function valueOf(line: string): string {
  return line.slice(line.indexOf(':') + 1).trim()
}

describe.each(FRAMEWORKS)('$name', (framework) => {
  const subject = subjectOf(framework)
  afterAll(() => subject.stop())

  const fit = AUDITS.filter(({ needs }) => needs === undefined || subject.has(needs))
  test.each(fit)('$name [$id]', async ({ run }) => {
    await run(subject)
  })
})

describe('the list', () => {
  test('has each id once', () => {
    expect(AUDITS.filter(({ id }, at) => AUDITS.findIndex((other) => other.id === id) !== at)).toEqual([])
  })

  const excused = FRAMEWORKS.flatMap((framework) =>
    (framework.lacks ?? []).map((trait) => [trait, framework.name, framework] as const),
  )
  test.each(excused)('%s is really lacking: %s', async (trait, _name, framework) => {
    const subject = subjectOf(framework)
    const failures = await Promise.allSettled(
      AUDITS.filter(({ needs }) => needs === trait).map(async ({ run }) => run(subject)),
    )
    await subject.stop()
    expect(failures.filter(({ status }) => status === 'rejected')).not.toEqual([])
  })
})
