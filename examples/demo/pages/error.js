/** What went wrong, for a person in front of a browser. */
import { html, sendPage } from './html.js'

export function errorPage(response, status, error, description) {
  sendPage(
    response,
    status,
    'That did not work',
    html`<main class="narrow">
      <h1>That did not work</h1>
      <p><strong>${error}</strong></p>
      <p>${description}</p>
      <p><a href="/">Back to the demo</a></p>
    </main>`,
  )
}
