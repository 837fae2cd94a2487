/**
 * One consent screen in every language, next to each other: those of the page, and those that only the document has.
 * Each is a frame that may do nothing at all, so their ids and styles do not meet and nothing can be posted.
 */
import { consent, consentLanguages, type McpTool, renderConsent } from '../consent/index.ts'
import { markup } from '../consent/page/html.ts'
import { canonicalLanguage } from '../consent/view/language.ts'
import type { Policy } from '../decision/types.ts'

export interface SheetOptions {
  readonly client: string
  readonly details?: boolean
  readonly tools?: readonly McpTool[] | undefined
}

export function contactSheet(
  policy: Policy,
  scopes: string,
  { client, details, tools }: SheetOptions,
): string {
  const tags = new Set<string>(consentLanguages)
  for (const { label } of policy.scopes.values()) {
    for (const tag of typeof label === 'string' ? [] : Object.keys(label)) {
      const canonical = canonicalLanguage(tag)
      if (canonical !== undefined) tags.add(canonical)
    }
  }
  const frames = [...tags].map((tag) => {
    const html = renderConsent(consent(policy, scopes, { locale: tag, tools }), {
      action: '/consent',
      client: { name: client },
      preview: true,
      details: details === true,
    })
    return markup`<figure><figcaption>${tag}</figcaption><iframe sandbox="" title="${tag}" srcdoc="${html}"></iframe></figure>
`
  })
  return markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Consent in ${tags.size} languages</title>
<style>
body{margin:1rem;font:1rem/1.5 system-ui,sans-serif}
main{display:grid;grid-template-columns:repeat(auto-fill,minmax(26rem,1fr));gap:1rem}
figure{margin:0}
iframe{inline-size:100%;block-size:44rem;border:1px solid #6b7583}
</style>
</head>
<body>
<main>
${frames}</main>
</body>
</html>
`.toString()
}
