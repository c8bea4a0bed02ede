import type { Certificate, Recording } from '../../verdict/index.ts';
import type { ReportFile } from '../file.ts';
import { html } from '../markup.ts';
import { headline } from '../standing.ts';
import { Banner } from './banner.ts';
import { page } from './document.ts';
import { FrontPage } from './front-page.ts';
import { Grounds } from './grounds.ts';
import { placesOf } from './places.ts';
import { Row } from './row.ts';
import { RowTable } from './row-table.ts';
import { bySection } from './sections.ts';
import { SignatureBlock } from './signature.ts';

/**
 * `certification.html`: the certificate with all its evidence, in the checklist's order, for the reviewer who
 * has to sign it. One file that needs nothing but itself.
 */
export function renderHtml(certificate: Certificate, recording: Recording): ReportFile {
  const { run, pos } = certificate;
  const subject = run.subject === 'api' ? 'the API' : `${pos.name} ${pos.version}`;
  const places = placesOf(recording);
  const main = html`
    <${FrontPage} certificate=${certificate} />
    <${RowTable} certificate=${certificate} />
    <${Grounds} certificate=${certificate} />
    <${SignatureBlock} certificate=${certificate} />
    ${bySection(certificate).map(
      ([section, rows]) => html`<section data-group><h2>${section}</h2>
        ${rows.map((row) => html`<${Row} row=${row} record=${recording.rows.get(row.id)} run=${recording.run} places=${places} />`)}
      </section>`,
    )}
  `;
  const title = `${headline(certificate)}: ${subject}, ${run.kind} run ${run.id}`;
  const content = page({ title, banner: html`<${Banner} certificate=${certificate} />`, main });
  return { name: 'certification.html', content };
}
