import { consentStrings } from 'scope-policy/consent'

/**
 * A screen of your own from the view alone; the form is posted and answered by `resolveConsent`. All words are in
 * one language: labels from the document, the others from `consentStrings`.
 *
 * @param {{ view: import('scope-policy/consent').ConsentView, client: string, account?: string, host?: string }} props
 */
export function Consent({ view, client, account, host }) {
  const strings = consentStrings(view)
  const risks = { low: strings.riskLow, medium: strings.riskMedium, high: strings.riskHigh }
  const asked = view.groups.flatMap(({ items }) => items).flatMap((item) => [item, ...item.includes])
  const labelOf = (name) => [...asked, ...view.granted].find(({ scope }) => scope === name)?.label
  return (
    <form method="post" action="/consent" lang={strings.lang} dir={strings.dir}>
      <h1>{strings.title.replace('{client}', () => client)}</h1>
      {account && <p>{strings.account.replace('{account}', () => account)}</p>}
      {host && <p>{strings.redirect.replace('{host}', () => host)}</p>}
      {view.nothingToAsk && <p>{strings.nothingNew}</p>}
      <input type="hidden" name="consent_view" value={view.id} />
      {view.groups.map(({ label, items }) => (
        <fieldset key={label?.text ?? ''}>
          <legend lang={label?.lang}>{label?.text ?? strings.permissions}</legend>
          {items.map((item) => (
            <p key={item.scope} lang={item.lang} dir={item.dir}>
              {item.optional && (
                <input type="checkbox" name="consent_scope" value={item.scope} id={item.scope} />
              )}
              {item.optional ? <label htmlFor={item.scope}>{item.label}</label> : <span>{item.label}</span>}
              {item.risk && <small>{risks[item.risk]}</small>}
              {item.widened && <small>{strings.widened}</small>}
              {item.includes.map((one) => (
                <small key={one.scope}>
                  {strings.includes}: {one.label}
                </small>
              ))}
              {item.includedIn?.map((together) => (
                <small key={together.join(' ')}>
                  {item.optional ? strings.grantedWith : strings.includedIn}:{' '}
                  {together.map(labelOf).join(' + ')}
                </small>
              ))}
            </p>
          ))}
        </fieldset>
      ))}
      <button name="consent" value="deny">
        {strings.deny}
      </button>
      <button name="consent" value="allow">
        {view.nothingToAsk ? strings.continue : strings.allow}
      </button>
    </form>
  )
}
