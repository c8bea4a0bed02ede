import type { Certificate, CertificateRow } from '../../judging/index.ts';
import { attemptsOf, type Recording } from '../../record/stream.ts';
import { Pieces, type ReportFile } from '../file.ts';
import { framed, html, Inside, printed } from '../markup.ts';
import { headline } from '../standing.ts';
import { settled, subjectWords } from '../words.ts';
import { Banner } from './banner.ts';
import { type Looks, page } from './document.ts';
import { FrontPage } from './front-page.ts';
import { Grounds } from './grounds.ts';
import { PicturesWithin, pictureFile, picturesBeside } from './pictures.ts';
import { machinesIn, placesOf } from './places.ts';
import { Row } from './row.ts';
import { RowTable } from './row-table.ts';
import { bySection } from './sections.ts';
import { SignatureBlock } from './signature.ts';
import { style } from './style.ts';
import type { Besides, View } from './view.ts';

/** The page's own file, and that of its style sheet where it lies beside it. */
const pageFile = 'certification.html';
export const styleFile = 'certification.css';

/**
 * `certification.html`: the certificate with its evidence, the rows that need a look first, for the reviewer who has to
 * sign it. One file that needs nothing but itself.
 */
export const renderHtml = (
  certificate: Certificate,
  recording: Recording,
  besides: Besides = {},
): ReportFile<Pieces> => rendered(certificate, recording, besides, 'within');

/**
 * The same page with its style and pictures in files beside it, for a place that lets a page have nothing within itself:
 * `default-src 'none'; style-src 'self'; img-src 'self'`. It runs no script, and shows all of each picture.
 */
export const renderHtmlBeside = (certificate: Certificate, recording: Recording): PageWithFiles => ({
  page: rendered(certificate, recording, {}, 'beside'),
  files: () => filesBeside(recording),
});

/** A page, and what lies beside it. */
export interface PageWithFiles {
  readonly page: ReportFile<Pieces>;
  readonly files: () => Iterable<ReportFile>;
}

function* filesBeside(recording: Recording): Iterable<ReportFile> {
  yield { name: styleFile, content: style };
  const known = new Set<string>();
  for (const [, record] of recording.rows)
    for (const screenshot of attemptsOf(record).flatMap(({ screenshots }) => screenshots)) {
      const name = pictureFile(screenshot);
      if (!known.has(name)) yield { name, content: Buffer.from(screenshot.base64, 'base64') };
      known.add(name);
    }
}

function rendered(
  certificate: Certificate,
  recording: Recording,
  besides: Besides,
  looks: Looks,
): ReportFile<Pieces> {
  const { run } = certificate;
  const title = `${headline(certificate, besides.decided)}: ${subjectWords(certificate.subject)}, ${run.kind} run ${run.id}`;
  const banner = html`<${Banner} certificate=${certificate} />`;
  const view = (): View => ({
    ...besides,
    certificate,
    run: recording.run,
    places: placesOf(certificate, recording),
    cardMachines: machinesIn(recording),
    pictures: looks === 'within' ? new PicturesWithin() : picturesBeside,
  });
  return {
    name: pageFile,
    content: new Pieces(() => page({ title, banner, looks, main: parts(view(), recording) })),
  };
}

/** The certificate, and then each row with its evidence. */
function* parts(view: View, recording: Recording): Iterable<string> {
  for (const Part of [FrontPage, RowTable, Grounds, SignatureBlock])
    yield printed(html`<${Part} view=${view} />`);
  const { rows } = view.certificate;
  const open = rows.filter(({ verdict }) => !settled(verdict));
  if (open.length) yield* section('To look at first', open, view, recording);
  for (const [title, all] of bySection(rows.filter((row) => !open.includes(row))))
    yield* section(title, all, view, recording);
}

function* section(
  title: string,
  rows: readonly CertificateRow[],
  view: View,
  recording: Recording,
): Iterable<string> {
  yield* framed(
    html`<section data-group><h2>${title}</h2><${Inside} /></section>`,
    rowParts(rows, view, recording),
  );
}

function* rowParts(
  rows: readonly CertificateRow[],
  view: View,
  { rows: records }: Recording,
): Iterable<string> {
  for (const row of rows)
    yield printed(html`<${Row} row=${row} record=${records.get(row.id)} view=${view} />`);
}
