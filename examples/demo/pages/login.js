/** A login for a demo: it asks for a name, and believes it. */
import { html, sendPage } from './html.js'

export function loginPage(response, { uid, params }) {
  sendPage(
    response,
    200,
    'Log in - scope-policy demo',
    html`<main class="narrow">
      <h1>Log in</h1>
      <p class="note">This is a demo on your own machine: any name will do, and there is no password.</p>
      <form method="post" action="/interaction/${uid}/login" class="stack">
        <label for="name">Name</label>
        <input id="name" name="name" required maxlength="60" autocomplete="username" value="Kim" autofocus />
        <button type="submit">Log in</button>
      </form>
    </main>`,
    // Browsers hold the redirects behind a form to `form-action` as well.
    { formTarget: new URL(params.redirect_uri).origin },
  )
}
