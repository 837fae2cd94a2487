import { expect, test } from 'vitest'
import { github } from '../../src/report/findings/github.ts'
import { finding } from './sample.ts'
import { SETTINGS } from './situations.ts'

function annotation(path: string, folder?: string): string {
  const file = { path, text: 'ab', diagnostics: [finding('ab', { start: 0, end: 2 })] }
  return github([file], folder === undefined ? SETTINGS : { ...SETTINGS, folder })
}

test.each([
  ['a.yaml', undefined, 'a.yaml'],
  ['a.yaml', '', 'a.yaml'],
  ['a.yaml', 'packages/api', 'packages/api/a.yaml'],
  ['../x/a.yaml', 'packages/api', 'packages/x/a.yaml'],
  ['/srv/a.yaml', 'packages/api', '/srv/a.yaml'],
  ['a,b:c%.yaml', undefined, 'a%2Cb%3Ac%25.yaml'],
  ['a\n::error::.yaml', undefined, 'a\\u{A}%3A%3Aerror%3A%3A.yaml'],
  ['=a.yaml', undefined, './=a.yaml'],
  [' a.yaml', undefined, './ a.yaml'],
])('the file %j in the folder %j is %s', (path, folder, shown) => {
  expect(annotation(path, folder)).toBe(
    `::error file=${shown},line=1,endLine=1,col=1,endColumn=3,title=scope-policy (unknown-method)::something about the source\n`,
  )
})
