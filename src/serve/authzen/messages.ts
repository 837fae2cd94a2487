/**
 * Reading the bodies of AuthZEN 1.0: what is required and of which type (§5 and §6), everything else ignored.
 *
 * Only own members count, so that a request holds nothing that is in a polluted `Object.prototype`.
 */
import { isObject } from '../../source/own.ts'

/** A body or one of its entities is malformed: 400, or `decision: false` inside of a batch. */
export class BadRequest extends Error {
  override readonly name = 'BadRequest'
}

export type JsonObject = Readonly<Record<string, unknown>>

export interface Entity {
  readonly type: string
  readonly id: string
  readonly properties: JsonObject
}

export interface Action {
  readonly name: string
}

export interface Evaluation {
  readonly subject: Entity
  readonly action: Action
  readonly resource: Entity
}

/** An own member, undefined where there is none. */
export function member(object: JsonObject, name: string): unknown {
  return Object.hasOwn(object, name) ? object[name] : undefined
}

export function parseBody(text: string): JsonObject {
  let body: unknown
  try {
    body = JSON.parse(text)
  } catch {
    throw new BadRequest('the body is not JSON')
  }
  if (!isObject(body)) throw new BadRequest('the body is not a JSON object')
  return body
}

/** `defaults` holds the top-level members of a batch: a member is taken whole from the one or the other. */
export function readEvaluation(body: JsonObject, defaults: JsonObject = {}): Evaluation {
  const whole = { ...pick(defaults), ...pick(body) }
  checkContext(whole)
  return {
    subject: readEntity(whole, 'subject'),
    action: readAction(whole),
    resource: readEntity(whole, 'resource'),
  }
}

const MEMBERS = ['subject', 'action', 'resource', 'context']

function pick(body: JsonObject): JsonObject {
  return Object.fromEntries(
    MEMBERS.filter((name) => Object.hasOwn(body, name)).map((name) => [name, body[name]]),
  )
}

export function readEntity(body: JsonObject, name: 'subject' | 'resource'): Entity {
  const { type, properties } = readTarget(body, name)
  return { type, id: readString(objectIn(body, name), name, 'id'), properties }
}

/** The entity that a search looks for: its `id` is ignored. */
export function readTarget(body: JsonObject, name: 'subject' | 'resource'): Omit<Entity, 'id'> {
  const entity = objectIn(body, name)
  return { type: readString(entity, name, 'type'), properties: readProperties(entity, name) }
}

export function readAction(body: JsonObject): Action {
  const action = objectIn(body, 'action')
  readProperties(action, 'action')
  return { name: readString(action, 'action', 'name') }
}

export function checkContext(body: JsonObject): void {
  const context = member(body, 'context')
  if (context !== undefined && !isObject(context)) throw new BadRequest('`context` is not an object')
}

function objectIn(body: JsonObject, name: string): JsonObject {
  const value = member(body, name)
  if (value === undefined) throw new BadRequest(`\`${name}\` is missing`)
  if (!isObject(value)) throw new BadRequest(`\`${name}\` is not an object`)
  return value
}

function readString(entity: JsonObject, name: string, field: string): string {
  const value = member(entity, field)
  if (value === undefined) throw new BadRequest(`\`${name}.${field}\` is missing`)
  if (typeof value !== 'string') throw new BadRequest(`\`${name}.${field}\` is not a string`)
  return value
}

function readProperties(entity: JsonObject, name: string): JsonObject {
  const properties = member(entity, 'properties')
  if (properties === undefined) return {}
  if (!isObject(properties)) throw new BadRequest(`\`${name}.properties\` is not an object`)
  return properties
}
