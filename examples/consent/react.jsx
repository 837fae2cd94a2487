/** A screen of one's own from the view alone; the form is posted and answered by `resolveConsent`. */
export function Consent({ view }) {
  const asked = view.groups.flatMap(({ items }) => items).flatMap((item) => [item, ...item.includes])
  const labelOf = (name) => [...asked, ...view.granted].find(({ scope }) => scope === name)?.label
  return (
    <form method="post" action="/consent">
      <input type="hidden" name="consent_view" value={view.id} />
      {view.groups.map(({ label, items }) => (
        <fieldset key={label?.text ?? ''}>
          <legend lang={label?.lang}>{label?.text ?? 'This allows it to'}</legend>
          {items.map((item) => (
            <p key={item.scope} lang={item.lang} dir={item.dir}>
              {item.optional && (
                <input type="checkbox" name="consent_scope" value={item.scope} id={item.scope} />
              )}
              <label htmlFor={item.scope}>{item.label}</label> ({item.risk})
              {item.includes.map((one) => (
                <small key={one.scope}>Includes: {one.label}</small>
              ))}
              {item.includedIn?.map((together) => (
                <small key={together.join(' ')}>
                  {item.optional ? 'Also allowed as soon as you allow' : 'Already included in'}:{' '}
                  {together.map(labelOf).join(' + ')}
                </small>
              ))}
            </p>
          ))}
        </fieldset>
      ))}
      <button name="consent" value="deny">
        Deny
      </button>
      <button name="consent" value="allow">
        Allow
      </button>
    </form>
  )
}
