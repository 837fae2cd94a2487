/**
 * The consent page as a React component, for pages that are yours around it: the same form, strings and order as
 * `renderConsent`. It needs no script in the browser, so render it on the server:
 *
 *     import { renderToStaticMarkup } from 'react-dom/server'
 *     const html = renderToStaticMarkup(<ConsentPage view={view} page={page} />)
 *
 * `page` has the options of `renderConsent`; give them to `contentSecurityPolicy`, too. The form is answered by
 * `resolveConsent`.
 */
import type { JSX, ReactNode } from 'react'
import {
  consentFields,
  type ConsentItem,
  type ConsentScope,
  consentTexts,
  type ConsentView,
  type ItemTexts,
  type PageOptions,
  styles,
} from 'scope-policy/consent'

export interface ConsentProps {
  readonly view: ConsentView
  readonly page: PageOptions
}

/** A document; use {@link ConsentForm} inside of your own. */
export function ConsentPage({ view, page }: ConsentProps): JSX.Element {
  const { lang, dir, title } = consentTexts(view, page)
  return (
    <html lang={lang} dir={dir}>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{title}</title>
        <style dangerouslySetInnerHTML={{ __html: styles }} />
      </head>
      <body className="consent consent-body">
        <main className="consent-page">
          <ConsentForm view={view} page={page} />
        </main>
      </body>
    </html>
  )
}

export function ConsentForm({ view, page }: ConsentProps): JSX.Element {
  const texts = consentTexts(view, page)
  const { strings } = texts
  const { client, service, account } = page
  return (
    <form
      className="consent consent-card"
      method="post"
      action={page.action}
      lang={texts.lang}
      dir={texts.dir}
      aria-labelledby="consent-title"
    >
      <div hidden>
        {Object.entries(page.hiddenFields ?? {}).map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
        <input type="hidden" name={consentFields.view} value={view.id} />
      </div>
      <header className="consent-head">
        <Logo url={service?.logo} />
        <Logo url={client.logo} />
        <h1 className="consent-title" id="consent-title">
          {texts.title}
        </h1>
        <ul className="consent-chips consent-identity">
          {texts.identity.map(({ text, warns }) => (
            <li key={text} className={`consent-chip consent-mark${warns ? ' consent-unverified' : ''}`}>
              {text}
            </li>
          ))}
        </ul>
        {texts.target !== undefined && <p className="consent-note consent-target">{texts.target}</p>}
        {texts.account !== undefined && (
          <p className="consent-note">
            {texts.account}{' '}
            {typeof account === 'object' && account.switchUrl !== undefined && (
              <a href={account.switchUrl}>{strings.switchAccount}</a>
            )}
          </p>
        )}
        {texts.hints.map((hint) => (
          <p key={hint} className="consent-note">
            {hint}
          </p>
        ))}
      </header>
      {view.groups.map(({ label, items }) => (
        <fieldset key={label?.text ?? ''} className="consent-group">
          <legend className="consent-heading">
            <h2 lang={label?.lang} dir={label?.dir}>
              {label?.text ?? strings.permissions}
            </h2>
          </legend>
          <ul className="consent-list">
            {items.map((item) => (
              <Item key={item.scope} item={item} texts={texts.items[item.scope]} strings={strings} />
            ))}
          </ul>
        </fieldset>
      ))}
      <Scopes heading={strings.granted} scopes={view.granted} />
      <Scopes heading={strings.declined} scopes={view.declined} />
      {texts.unknown !== undefined && <p className="consent-note">{texts.unknown}</p>}
      {page.manage !== undefined && (
        <p className="consent-note">
          {strings.manage} <a href={page.manage}>{strings.manageLink}</a>
        </p>
      )}
      {/* Deny comes first: Enter in a box presses the first button. */}
      <div className="consent-actions">
        <Button value="deny">{strings.deny}</Button>
        <Button value="allow">{texts.allow}</Button>
        {texts.canWithdraw && <Button value="withdraw">{strings.withdraw}</Button>}
      </div>
      <ul className="consent-links">
        {client.policy !== undefined && (
          <li>
            <a href={client.policy}>{strings.privacy}</a>
          </li>
        )}
        {client.terms !== undefined && (
          <li>
            <a href={client.terms}>{strings.terms}</a>
          </li>
        )}
      </ul>
    </form>
  )
}

interface ItemProps {
  readonly item: ConsentItem
  readonly texts: ItemTexts | undefined
  readonly strings: { readonly widenedBy: string; readonly includes: string }
}

function Item({ item, texts, strings }: ItemProps): JSX.Element {
  const { scope, label, lang, dir, optional, description, risk } = item
  const id = `consent-${scope}`
  return (
    <li className="consent-item">
      <div className="consent-line">
        {optional ? (
          <>
            <input
              className="consent-box"
              type="checkbox"
              id={id}
              name={consentFields.scope}
              value={scope}
              defaultChecked={texts?.checked}
              aria-describedby={`${id}-about`}
            />
            <label className="consent-label" htmlFor={id} lang={lang} dir={dir}>
              {label}
            </label>
          </>
        ) : (
          <p className="consent-label" lang={lang} dir={dir}>
            {label}
          </p>
        )}
      </div>
      <div id={`${id}-about`}>
        {description && (
          <p className="consent-text" lang={description.lang} dir={description.dir}>
            {description.text}
          </p>
        )}
        <ul className="consent-chips">
          {texts?.marks.map((mark) => (
            <li key={mark} className="consent-chip consent-mark">
              {mark}
            </li>
          ))}
          {risk !== undefined && (
            <li className={`consent-chip consent-risk consent-risk-${risk}`}>{texts?.risk}</li>
          )}
          {texts?.access.map((text) => (
            <li key={text} className="consent-chip">
              {text}
            </li>
          ))}
        </ul>
        <List heading={strings.widenedBy}>
          {texts?.widened.map((text) => (
            <li key={text}>{text}</li>
          ))}
        </List>
        <List heading={texts?.includedInHeading ?? ''}>
          {texts?.includedIn.map((together) => (
            <li key={together.map((one) => one.scope).join(' ')}>
              {together.map((one, index) => (
                <Name key={one.scope} scope={one} before={index === 0 ? '' : ' + '} />
              ))}
            </li>
          ))}
        </List>
      </div>
      {texts !== undefined && texts.tools.length > 0 && (
        <details className="consent-details">
          <summary aria-describedby={`${id}-about`}>{texts.toolsHeading}</summary>
          <ul>
            {texts.tools.map(({ title, mark }, index) => (
              <li key={index}>
                {title}
                {mark !== undefined && ` · ${mark}`}
              </li>
            ))}
          </ul>
        </details>
      )}
      <List heading={strings.includes}>
        {texts?.includes.map((one) => (
          <li key={one.scope}>
            <Name scope={one} />
          </li>
        ))}
      </List>
    </li>
  )
}

function Scopes({
  heading,
  scopes,
}: {
  readonly heading: string
  readonly scopes: readonly ConsentScope[]
}): ReactNode {
  if (scopes.length === 0) return null
  return (
    <section className="consent-sub">
      <h2>{heading}</h2>
      <ul>
        {scopes.map((scope) => (
          <li key={scope.scope}>
            <Name scope={scope} />
          </li>
        ))}
      </ul>
    </section>
  )
}

function List({
  heading,
  children,
}: {
  readonly heading: string
  readonly children: readonly JSX.Element[] | undefined
}): ReactNode {
  if (children === undefined || children.length === 0) return null
  return (
    <div className="consent-sub">
      <h3>{heading}</h3>
      <ul>{children}</ul>
    </div>
  )
}

function Name({
  scope,
  before = '',
}: {
  readonly scope: ConsentScope
  readonly before?: string
}): JSX.Element {
  return (
    <>
      {before}
      <span lang={scope.lang} dir={scope.dir}>
        {scope.label}
      </span>
    </>
  )
}

function Logo({ url }: { readonly url: string | undefined }): ReactNode {
  return url === undefined ? null : (
    <img className="consent-logo" src={url} alt="" width="56" height="56" referrerPolicy="no-referrer" />
  )
}

function Button({
  value,
  children,
}: {
  readonly value: 'allow' | 'deny' | 'withdraw'
  readonly children: string
}): JSX.Element {
  return (
    <button className={`consent-button consent-${value}`} name={consentFields.decision} value={value}>
      {children}
    </button>
  )
}
