/**
 * A strict reader of the XML that reports are written in: XML 1.0 without document types, processing
 * instructions, comments and CDATA, none of which a report has. Throws for what is not well-formed.
 */
export interface Element {
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  readonly children: readonly Element[]
  /** The text directly inside. */
  readonly text: string
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

const NAME = '[A-Za-z_][A-Za-z0-9_.-]*'
const TOKEN = new RegExp(
  `<(?<close>/)?(?<name>${NAME})(?<attributes>(?:\\s+${NAME}="[^"<]*")*)\\s*(?<empty>/)?>|(?<text>[^<]+)`,
  'uy',
)

export function readXml(source: string): Element {
  // §2.2: the characters that there are; each lone surrogate is one that is not.
  const illegal = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u.exec(source)
  if (illegal !== null) throw new Error(`character ${illegal[0].charCodeAt(0).toString(16)}`)
  const declaration = '<?xml version="1.0" encoding="UTF-8"?>'
  if (!source.startsWith(declaration)) throw new Error('no declaration')
  const body = source.slice(declaration.length)
  const root = { name: '', attributes: {}, children: [] as Element[], text: '' }
  const open = [root]
  TOKEN.lastIndex = 0
  while (TOKEN.lastIndex < body.length) {
    const at = TOKEN.lastIndex
    const { close, name = '', attributes = '', empty, text } = TOKEN.exec(body)?.groups ?? {}
    const parent = open.at(-1)
    if (parent === undefined || TOKEN.lastIndex === 0)
      throw new Error(`no markup at ${at}: ${body.slice(at, at + 40)}`)
    if (text !== undefined) {
      if (text.includes(']]>')) throw new Error('the end of a CDATA section in text')
      parent.text += unescape(text)
      continue
    }
    if (close !== undefined) {
      if (parent.name !== name || attributes !== '' || empty !== undefined)
        throw new Error(`</${name}> ends <${parent.name}>`)
      open.pop()
      continue
    }
    const element = { name, attributes: readAttributes(attributes), children: [] as Element[], text: '' }
    parent.children.push(element)
    if (empty === undefined) open.push(element)
  }
  const [only, ...others] = root.children
  if (only === undefined || others.length > 0 || open.length !== 1) throw new Error('not one whole element')
  if (root.text.trim() !== '') throw new Error('text beside the element')
  return only
}

function readAttributes(source: string): Record<string, string> {
  const attributes: Record<string, string> = {}
  for (const [, name = '', value = ''] of source.matchAll(new RegExp(`(${NAME})="([^"]*)"`, 'gu'))) {
    if (Object.hasOwn(attributes, name)) throw new Error(`two attributes ${name}`)
    // §3.3.3: white space that is not escaped is read as a space.
    attributes[name] = unescape(value.replace(/[\t\n\r]/g, ' '))
  }
  return attributes
}

function unescape(text: string): string {
  return text.replace(/&([^;]*;?)/g, (_, reference: string) => {
    const known = reference.endsWith(';') ? ENTITIES[reference.slice(0, -1)] : undefined
    if (known === undefined) throw new Error(`reference &${reference}`)
    return known
  })
}
