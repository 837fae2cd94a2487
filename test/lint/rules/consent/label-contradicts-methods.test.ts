import { describe, expect, test } from 'vitest'
import { HOSTILE_LABELS, findingsOf, labelled, underlinedBy } from '../findings-of.ts'

const ID = 'label-contradicts-methods'
const ALL = '[{ invoices/*: [GET, POST, DELETE] }]'

describe('a label that promises to read only', () => {
  test('is found with the word, the methods, one endpoint and the place of the method', () => {
    expect(findingsOf(ID, labelled('Read your invoices', ALL))).toEqual([
      {
        underlined: 'Read',
        message: 'the label says `Read`, but the scope grants DELETE, POST, such as DELETE on `invoices/*`',
        related: 'DELETE',
      },
    ])
  })

  test('is found where a single method contradicts', () => {
    expect(findingsOf(ID, labelled('"View invoices"', '[{ a: GET }, { b: PUT }]'))).toEqual([
      {
        underlined: 'View',
        message: 'the label says `View`, but the scope grants PUT on `b`',
        related: 'PUT',
      },
    ])
  })

  test('is found where a pattern is alone and grants all methods', () => {
    expect(findingsOf(ID, labelled('List invoices', '[invoices]'))).toEqual([
      {
        underlined: 'List',
        message:
          'the label says `List`, but the scope grants DELETE, PATCH, POST, PUT, such as DELETE on `invoices`',
        related: 'invoices',
      },
    ])
  })

  test('is found where an included scope can change something', () => {
    const text =
      'a:\n  label: Read notes\n  includes: [b]\n' +
      'b:\n  label: Read names\n  includes: [c]\n' +
      'c:\n  label: Delete notes\n  endpoints: [{ notes/*: DELETE }]\n'
    const message = 'the label says `Read`, but the scope grants DELETE on `notes/*`, by way of scope `c`'
    expect(findingsOf(ID, text)).toEqual([
      { underlined: 'Read', message, related: 'DELETE' },
      { underlined: 'Read', message, related: 'DELETE' },
    ])
  })

  test.each([
    ['Read your invoices', 'Read'],
    ['See your invoices', 'See'],
    ['views your invoices', 'views'],
    ['Viewing of invoices', 'Viewing'],
    ['Allows the app to read invoices in your organization', 'read'],
    ['Your app can list and search invoices', 'list'],
    ['Sign you in and read your profile', 'read'],
    ['Deprecated. Read files, projects and comments', 'Read'],
    ['Grant read-only access to fixed assets', 'read-only'],
    ['Make any read-only API request on your behalf', 'read-only'],
    ['Read only access to posts', 'Read only'],
    ['View‑only access', 'View‑only'],
    ['Access to invoices (read-only)', 'read-only'],
    ['READ YOUR INVOICES', 'READ'],
    ['View your posts and comments, the latest changes and updates', 'View'],
    ['Read created and deleted invoices', 'Read'],
  ])('%s', (label, word) => {
    expect(underlinedBy(ID, labelled(JSON.stringify(label), ALL))).toEqual([word])
  })
})

describe('a label that says that something changes, or promises nothing, is left alone', () => {
  test.each([
    'Read and write invoices',
    'Read, create and update invoices',
    'View and manage invoices',
    'Read/write access',
    'Read-write access to invoices',
    'Reads and updates invoices',
    'See, edit, configure, and delete your data',
    'View invoices and make payments',
    'Read and comment on documents',
    'Read your organization and grant roles',
    'Full access: read everything',
    'Manage your read receipts',
    'Access your invoices',
    'Work with your list of invoices',
    'Your reading list',
    'Invoices',
    'Search results can be deleted: delete them',
    'Already read messages',
    'Threads',
    'Overview of invoices',
  ])('%s', (label) => {
    expect(findingsOf(ID, labelled(JSON.stringify(label), ALL))).toEqual([])
  })

  test('the name of a scope is no promise', () => {
    expect(findingsOf(ID, `"invoices:read":\n  label: invoices:read\n  endpoints: ${ALL}\n`)).toEqual([])
  })
})

describe('a POST that asks is no contradiction', () => {
  test.each([
    'records/*/search',
    'search',
    'search/*',
    'v1/search/messages',
    'invoices/query',
    'invoices/export',
    'addresses/validate',
    'files:batchGet',
    'users/*/getMemberGroups',
    'groups/*/checkmembergroups',
    'projects/*:testIamPermissions',
    'reports/microsoft.graph.getSchedule',
    'filterbyuser(on=*)/list',
    'calendars/*/events/watch',
    'records/search.json',
    'reports/v2/identities',
  ])('%s', (path) => {
    const endpoints = `[{ ${JSON.stringify(path)}: [GET, POST] }]`
    expect(findingsOf(ID, labelled('Read records', endpoints))).toEqual([])
    expect(underlinedBy(ID, labelled('Read records', endpoints.replace('POST', 'DELETE')))).toEqual(['Read'])
  })

  test.each([
    'records/*',
    'lists',
    'checkout',
    'findings',
    'messages/*/read',
    'searches',
    'checks',
    'tests',
    'channels/stop',
    'posts/*/views',
    '*',
    'query.delete',
  ])('but to %s it is', (path) => {
    expect(underlinedBy(ID, labelled('Read records', `[{ ${JSON.stringify(path)}: POST }]`))).toEqual([
      'Read',
    ])
  })

  test('ending what was watched is none', () => {
    expect(findingsOf(ID, labelled('See events', '[{ e/watch: POST }, { channels/stop: POST }]'))).toEqual([])
  })
})

test('methods that are safe by the registry contradict nothing', () => {
  const text = labelled('Read files', '[{ a: [GET, HEAD, OPTIONS, PROPFIND, REPORT, SEARCH] }]')
  expect(findingsOf(ID, text)).toEqual([])
  expect(underlinedBy(ID, labelled('Read files', '[{ a: MKCOL }]'))).toEqual(['Read'])
})

test('an endpoint that no request can match contradicts nothing', () => {
  expect(findingsOf(ID, labelled('Read files', '[{ a: GET }, { b//c: DELETE }]'))).toEqual([])
})

test('only texts that may be English are judged', () => {
  expect(
    underlinedBy(ID, labelled('{ en: Read x, en-GB: View x, de: Liste lesen, fr: List x }', ALL)),
  ).toEqual(['Read', 'View'])
})

test('settings add words', () => {
  expect(underlinedBy(ID, labelled('Peruse invoices', ALL), { readingWords: ['Peruse'] })).toEqual(['Peruse'])
  expect(findingsOf(ID, labelled('Read and frob them', ALL), { writingWords: ['frob'] })).toEqual([])
})

test('a label that is not as typed is underlined as a whole', () => {
  expect(underlinedBy(ID, labelled('"Read \\u0061"', ALL))).toEqual(['"Read \\u0061"'])
  expect(
    underlinedBy(ID, `a: { label: &l Read x, endpoints: [{ b: GET }] }\n${labelled('*l', ALL)}`),
  ).toEqual(['*l'])
})

test('hostile labels are judged in time', () => {
  for (const label of HOSTILE_LABELS) findingsOf(ID, labelled(JSON.stringify(label), ALL))
})
