import { html, type Markup } from '../markup.ts';
import type { View } from './view.ts';

/** Where the reviewer decides and signs. */
export function SignatureBlock({ view: { certificate, decided } }: { view: View }): Markup | null {
  const { run } = certificate;
  // What was signed with a key is not signed once more by hand.
  if (decided) return null;
  return html`<section class="signing" aria-labelledby="signing">
    <h2 id="signing">Reviewer’s decision</h2>
    ${run.kind === 'practice' && html`<p>This is a practice run: a decision on it is not a certification.</p>`}
    <div class="signature">
      <ul class="decisions"><li>Accepted</li><li>Accepted with the waivers below</li><li>Rejected</li></ul>
      <div class="field wide">Reasons, waivers, and rows in review that were decided on</div>
      <div class="field">Name and signature</div>
      <div class="field">Date</div>
    </div>
  </section>`;
}
