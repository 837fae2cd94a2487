import { expect, test } from 'vitest'
import { readRunnerLine } from './github-runner.ts'

test.each([
  [
    '::error file=a%3Ab.yaml,line=1::x%0Ay',
    { name: 'error', properties: { file: 'a:b.yaml', line: '1' }, data: 'x\ny' },
  ],
  ['  ::add-mask::secret', { name: 'add-mask', properties: {}, data: 'secret' }],
  ['\u200b::add-mask::secret', { name: 'add-mask', properties: {}, data: 'secret' }],
  ['::error file=%253A::', { name: 'error', properties: { file: '%3A' }, data: '' }],
  ['::error file==x,a=b=c::', { name: 'error', properties: { file: 'x', a: 'b=c' }, data: '' }],
  ['x ##[stop-commands]token', { name: 'stop-commands', properties: {}, data: 'token' }],
  ['##[a b=1;c=%3B]', { name: 'a', properties: { b: '1', c: ';' }, data: '' }],
])('%j is a command', (line, command) => {
  expect(readRunnerLine(line)).toEqual(command)
})

test.each(['', 'x ::error::y', ':: error', '# #[error]', '##[error'])('%j is shown', (line) => {
  expect(readRunnerLine(line)).toBeNull()
})
