import { describe, expect, test } from 'vitest'
import { readXml } from './xml.ts'

const HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'

test('elements, attributes and text are read', () => {
  expect(readXml(`${HEAD}<a b="1 &lt; 2" c=""><d/>x &amp;\n<e>y</e></a>\n`)).toEqual({
    name: 'a',
    attributes: { b: '1 < 2', c: '' },
    children: [
      { name: 'd', attributes: {}, children: [], text: '' },
      { name: 'e', attributes: {}, children: [], text: 'y' },
    ],
    text: 'x &\n',
  })
})

describe('not well-formed is', () => {
  test.each([
    ['an open element', '<a><b></a>'],
    ['no element', ''],
    ['two elements', '<a/><b/>'],
    ['text outside', '<a/>x'],
    ['a bare ampersand', '<a>&</a>'],
    ['an unknown entity', '<a>&nbsp;</a>'],
    ['a reference to NUL', '<a>&#0;</a>'],
    ['a tag in an attribute', '<a b="<c>"/>'],
    ['the same attribute twice', '<a b="" b=""/>'],
    ['the end of CDATA', '<a>]]></a>'],
    ['a script in a script', '<a><script</a>'],
    ['an escape character', '<a>\u001b</a>'],
    ['NUL', '<a>\u0000</a>'],
    ['a noncharacter', '<a>\uffff</a>'],
    ['a lone surrogate', '<a>\ud800</a>'],
  ])('%s', (_, body) => {
    expect(() => readXml(HEAD + body)).toThrow()
  })
})
