/**
 * What the page at `/` shows: a form to try requests, the way to a token, and the three APIs.
 */
import { html } from './html.js'

export function homePage(base, apis, login) {
  return html`<header>
      <h1>scope-policy demo</h1>
      <p>
        An OAuth authorization server and three APIs run on this machine. Each API has a
        <dfn>scope document</dfn> that says which requests a scope allows. Every request is decided by it.
      </p>
      <nav aria-label="On this page">
        <a href="#try">Try a request</a> <a href="#login">Get a token</a> <a href="#apis">The APIs</a>
      </nav>
    </header>
    <main>
      ${grantedNote(login)} ${trySection(apis)} ${loginSection(base, login)}
      <section id="apis" aria-labelledby="apis-title">
        <h2 id="apis-title">The APIs</h2>
        ${apis.map((api) => apiCard(base, api))}
      </section>
    </main>`
}

/** What the person has just decided, in the words of the document. */
function grantedNote({ api, lastGrant }) {
  if (lastGrant === undefined) return undefined
  const { granted, leftOut } = lastGrant
  const named = (scopes) =>
    html`<ul>
      ${scopes.map((scope) => html`<li><code>${scope}</code> ${api.policy.scopes.get(scope)?.label}</li>`)}
    </ul>`
  return html`<section id="granted" class="card" role="status" aria-labelledby="granted-title">
    <h2 id="granted-title">You allowed</h2>
    ${named(granted)} ${leftOut.length > 0 && html`<p>You left out, and the token does not have:</p>`}
    ${leftOut.length > 0 && named(leftOut)}
    <p>The token is chosen below: requests are decided with it.</p>
  </section>`
}

/** The document of each API; the script shows the one of the chosen token. */
function documents(apis) {
  return apis.map(
    ({ name, document }) =>
      html`<section class="document" data-document="${name}">
        <h3>Its scope document: <code>scopes/${name}.yaml</code></h3>
        <pre tabindex="0" role="region" aria-label="scopes/${name}.yaml">
${document.split('\n').map((line) => html`<span>${line} </span>`)}</pre>
      </section>`,
  )
}

function trySection(apis) {
  return html`<section id="try" class="card" aria-labelledby="try-title">
    <h2 id="try-title">Try a request</h2>
    <div class="beside">
      <div>
        <form id="try-form" class="stack">
          <label for="token">Token</label>
          <select id="token">
            ${apis.map(({ name, title, granted = {}, tokens }) => [
              html`<optgroup label="${title}" data-api="${name}">
                ${Object.entries(granted).map(([scope, token]) => html`<option value="${token}">${scope} (granted by you)</option>`)}
                ${Object.entries(tokens).map(([scope, token]) => html`<option value="${token}">${scope}</option>`)}
              </optgroup>`,
            ])}
            <optgroup label="Without">
              <option value="">no token</option>
              <option value="letmein">not a token</option>
            </optgroup>
          </select>
          <div class="row">
            <div>
              <label for="method">Method</label>
              <select id="method">
                ${['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD'].map((name) => html`<option>${name}</option>`)}
              </select>
            </div>
            <div class="grow">
              <label for="target">Path, sent as you type it</label>
              <input
                id="target"
                value="/rest/workers/me.json"
                autocomplete="off"
                autocapitalize="none"
                spellcheck="false"
              />
            </div>
          </div>
          <button type="submit">Send</button>
        </form>
        <div id="result" role="status"><p class="note">The answer and its reason appear here.</p></div>
      </div>
      <div>${documents(apis)}</div>
    </div>
    <h3>Examples</h3>
    ${apis.map(
      ({ name, title, examples }) =>
        html`<h4>${title}</h4>
          <ul class="examples" data-api="${name}">
            ${examples.map((text) => html`<li><button type="button" data-example="${text}">${text}</button></li>`)}
          </ul>`,
    )}
  </section>`
}

function loginSection(base, { api, state, redirectUri }) {
  const choices = ['profile ticket:create', 'profile search', 'api:read-only', 'profile search api']
  return html`<section id="login" class="card" aria-labelledby="login-title">
    <h2 id="login-title">Get a token</h2>
    <p>
      Do what a person does whom an application asks for access to the ${api.title}: log in, read the labels
      of the scopes, leave out what is optional, allow or deny. The token is then among those above.
    </p>
    <form action="${base}${api.authorizationPath}" class="stack">
      <input type="hidden" name="client_id" value="${api.clientId}" />
      <input type="hidden" name="redirect_uri" value="${redirectUri}" />
      <input type="hidden" name="response_type" value="code" />
      <input type="hidden" name="state" value="${state}" />
      <input type="hidden" name="prompt" value="consent" />
      <label for="scope">Scopes to ask for</label>
      <select id="scope" name="scope">
        ${choices.map((scope) => html`<option>${scope}</option>`)}
      </select>
      <button type="submit">Log in and decide</button>
    </form>
  </section>`
}

function apiCard(base, { title, about, prefix, name, policy, clientId, clientSecret, ...api }) {
  const row = (term, value) =>
    value &&
    html`<div>
      <dt>${term}</dt>
      <dd><code>${value}</code></dd>
    </div>`
  return html`<article class="card">
    <h3>${title}</h3>
    <p>${about}</p>
    <dl>
      ${row('API', `${base}${prefix}/`)}
      ${row('Authorization', api.authorizationPath && `${base}${api.authorizationPath}`)}
      ${row('Token', `${base}${api.tokenPath}`)} ${row('Client id', clientId)}
      ${row('Client secret', clientSecret)} ${row('Scope document', `examples/demo/scopes/${name}.yaml`)}
    </dl>
    <details>
      <summary>${policy.scopes.size} scopes</summary>
      <ul class="scopes">
        ${[...policy.scopes].map(
          ([scope, { label, endpoints }]) =>
            html`<li>
              <strong><code>${scope}</code></strong> ${label}
              <ul>
                ${endpoints.map(({ pattern, methods }) => html`<li><code>${pattern}</code> <span class="methods">${methods.join(' ')}</span></li>`)}
              </ul>
            </li>`,
        )}
      </ul>
    </details>
  </article>`
}
