/** The parts that the pages have in common. */
import type { Frame } from '../strings/index.ts'
import type { ConsentStrings } from '../strings/strings.ts'
import type { CheckedFrame, CheckedPage } from './check-options.ts'
import { type Content, type Html, markup } from './html.ts'
import { withValues } from './render-text.ts'
import { accountOf, identityOf, type Template } from './texts.ts'

/** The fields of the page come last, and none of the caller may have one of their `names`. Throws `TypeError`. */
export function renderHidden(
  own: readonly (readonly [name: string, value: string])[],
  names: readonly string[],
  { hiddenFields }: Pick<CheckedFrame, 'hiddenFields'>,
): Content {
  const taken = hiddenFields.find(([name]) => names.includes(name))
  if (taken !== undefined) throw new TypeError(`the page already has a field ${JSON.stringify(taken[0])}`)
  return [...hiddenFields, ...own].map(
    ([name, value]) => markup`<input type="hidden" name="${name}" value="${value}">`,
  )
}

export function renderLogo(url: string | undefined): Content {
  return (
    url !== undefined &&
    markup`<img class="consent-logo" src="${url}" alt="" width="56" height="56" referrerpolicy="no-referrer">`
  )
}

/** Who the client is: what the server knows, not what the client says. */
export function renderIdentity(page: Pick<CheckedPage, 'client'>, frame: Frame): Html {
  const lines = identityOf(page, frame).map(({ warns, ...template }, index) => {
    const mark = (warns || index === 0) && ' consent-mark'
    return markup`<li class="consent-chip${mark}${warns && ' consent-unverified'}">${renderTemplate(template)}</li>`
  })
  return markup`<ul class="consent-chips consent-identity">${lines}</ul>`
}

export function renderTemplate({ string, values }: Template): Content {
  return withValues(string, values)
}

export function renderAccount({ account }: Pick<CheckedFrame, 'account'>, strings: ConsentStrings): Content {
  if (account === undefined) return undefined
  const { switchUrl } = account
  const link = switchUrl !== undefined && markup` <a href="${switchUrl}">${strings.switchAccount}</a>`
  return markup`<p class="consent-note">${renderTemplate(accountOf(account, strings))}${link}</p>`
}
