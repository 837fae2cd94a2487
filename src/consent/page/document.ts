/** The HTML document around a form: language, style sheet, nothing that a page of ours does not need. */
import { directionOf } from '../view/language.ts'
import type { CheckedFrame } from './check-options.ts'
import { type Content, type Html, markup } from './html.ts'
import { pageStyle } from './style-source.ts'

export function renderDocument(
  content: Html,
  { title, lang, head }: { readonly title: string; readonly lang: string; readonly head?: Content },
  frame: Pick<CheckedFrame, 'nonce' | 'theme' | 'darkTheme'>,
): Html {
  const { attributes, text } = pageStyle(frame)
  return markup`<!doctype html>
<html lang="${lang}" dir="${directionOf(lang)}">
<head>
<meta charset="utf-8">
${head}<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<meta name="robots" content="noindex">
<title>${title}</title>
<style${attributes}>${text}</style>
</head>
<body class="consent consent-body">
<main class="consent-page">
${content}
</main>
</body>
</html>
`
}
