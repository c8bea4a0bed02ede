import type { Certificate, CertificateRow } from '../../judging/index.ts';
import type { Recording } from '../../record/stream.ts';
import { Pieces, type ReportFile } from '../file.ts';
import { framed, html, Inside, printed } from '../markup.ts';
import { headline } from '../standing.ts';
import { subjectWords } from '../words.ts';
import { Banner } from './banner.ts';
import { page } from './document.ts';
import { FrontPage } from './front-page.ts';
import { Grounds } from './grounds.ts';
import { type Places, placesOf } from './places.ts';
import { Row } from './row.ts';
import { RowTable } from './row-table.ts';
import { bySection } from './sections.ts';
import { SignatureBlock } from './signature.ts';

/**
 * `certification.html`: the certificate with all its evidence, in the checklist's order, for the reviewer who
 * has to sign it. One file that needs nothing but itself.
 */
export function renderHtml(certificate: Certificate, recording: Recording): ReportFile<Pieces> {
  const { run } = certificate;
  const subject = subjectWords(certificate.subject);
  const title = `${headline(certificate)}: ${subject}, ${run.kind} run ${run.id}`;
  const banner = html`<${Banner} certificate=${certificate} />`;
  return {
    name: 'certification.html',
    content: new Pieces(() => page({ title, banner, main: parts(certificate, recording) })),
  };
}

/** The certificate, and then each row with its evidence. */
function* parts(certificate: Certificate, recording: Recording): Iterable<string> {
  for (const Part of [FrontPage, RowTable, Grounds, SignatureBlock])
    yield printed(html`<${Part} certificate=${certificate} />`);
  const places = placesOf(certificate, recording);
  for (const [section, rows] of bySection(certificate)) {
    const frame = html`<section data-group><h2>${section}</h2><${Inside} /></section>`;
    yield* framed(frame, rowParts(rows, recording, places));
  }
}

function* rowParts(
  rows: readonly CertificateRow[],
  { rows: records, run }: Recording,
  places: Places,
): Iterable<string> {
  for (const row of rows)
    yield printed(html`<${Row} row=${row} record=${records.get(row.id)} run=${run} places=${places} />`);
}
