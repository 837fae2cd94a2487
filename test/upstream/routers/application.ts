/** For testing only. The policies in front of the routers, and the targets that are sent to them. */
import type { PlainDocument, PlainOptions } from '../../reference/document.ts'
import { targets } from '../pieces.ts'

export function application(options: PlainOptions = {}): PlainDocument {
  return {
    $options: options,
    public: { label: 'Public', endpoints: [{ 'public/*': 'GET' }] },
    profile: { label: 'Profile', endpoints: [{ 'workers/me': 'GET' }] },
    workers: { label: 'Workers', endpoints: [{ 'workers/*': 'GET' }] },
    search: { label: 'Search', endpoints: [{ 'records/*/search': 'GET' }] },
    mine: { label: 'Mine', endpoints: [{ '*/me': 'GET' }] },
  }
}

/** Words of the routes, and what routers read in different ways. */
const WORDS: readonly string[] = ['public', 'admin', 'workers', 'me', 'records', 'search', 'Me', '%6de', 'x']
const SIGNS: readonly string[] = [
  '/',
  '..',
  '%2e',
  '%2F',
  '%5c',
  '\\',
  ';',
  '%3b',
  '?',
  '#',
  '%00',
  '%20',
  '%C3%A9',
  '%25',
  'é',
]

/** Every target of so many pieces. */
export function targetsOf(longest: number): Generator<string> {
  return targets([...WORDS, ...SIGNS], longest)
}

/** A few for each word at the front, with the signs in all places. */
export function* someTargets(): Generator<string> {
  for (const before of ['public/', 'workers/', 'records/', '']) {
    for (const sign of [...SIGNS, '//', '..%2f', '..;/', '.%2e/', '%2e%2E/', '%252e', './', 'a.', '']) {
      for (const after of ['admin', '/admin', 'me', '/me', '/search', '']) yield `/${before}${sign}${after}`
    }
  }
}
