import type { CertificateRow } from '../../judging/index.ts';
import type { Finding } from '../../record/vocabulary.ts';
import { html, type Markup } from '../markup.ts';
import { planeWords } from '../words.ts';
import { OutcomeMark } from './badge.ts';
import type { Places } from './places.ts';
import { Prose } from './prose.ts';

/** A check of a row with what came of it; no finding where it was expected and not executed. */
interface Line {
  readonly check: string;
  readonly finding: Finding | null;
}

const nameOf = (check: string): string => check.slice(check.indexOf('/') + 1);

/** The clauses of a row with the checks that judge them: what was expected, and what was observed. */
export function Checks({ row, places }: { row: CertificateRow; places: Places }): Markup[] {
  const lines = new Map<string, Line>(
    row.checks.missing.map((name) => [nameOf(name), { check: name, finding: null }]),
  );
  for (const finding of row.findings) lines.set(nameOf(finding.check), { check: finding.check, finding });
  const clauses = row.clauses.map(({ clause, checks }) => ({
    clause,
    lines: checks.flatMap((check) => lines.get(nameOf(check)) ?? []),
  }));
  const all = row.clauses.flatMap(({ checks }) => checks.map(nameOf));
  const others = [...lines].filter(([name]) => !all.includes(name)).map(([, line]) => line);
  const shown = [...clauses, { clause: 'Besides', lines: others }].filter((one) => one.lines.length > 0);
  return [
    html`${shown.length > 0 && html`<${CheckTable} clauses=${shown} row=${row} places=${places} />`}`,
    html`<${NotAsked} names=${all.filter((name) => !lines.has(name))} />`,
  ];
}

/** What the row's clauses list and this subject, or this scope, is not asked for. */
function NotAsked({ names }: { names: readonly string[] }): Markup | null {
  if (!names.length) return null;
  const once = [...new Set(names)];
  return html`<p class="faint small">Not asked for in this run: ${once.map((name, index) => html`${index > 0 && ', '}<code>${name}</code>`)}</p>`;
}

interface TableProps {
  readonly clauses: readonly { readonly clause: string; readonly lines: readonly Line[] }[];
  readonly row: CertificateRow;
  readonly places: Places;
}

const CheckTable = ({ clauses, row, places }: TableProps): Markup => html`<table class="checks">
  <colgroup><col class="c1" /><col class="c2" /><col /><col /></colgroup>
  <thead><tr><th scope="col">Outcome</th><th scope="col">Check</th><th scope="col">Expected</th><th scope="col">Observed</th></tr></thead>
  ${clauses.map(
    ({ clause, lines }) => html`<tbody>
      <tr><th colspan="4" scope="rowgroup">${clause}</th></tr>
      ${lines.map(({ check, finding }) =>
        finding
          ? html`<${FindingLines} finding=${finding} row=${row.id} places=${places} />`
          : html`<tr>
              <td><${OutcomeMark} outcome="not-executed" /></td>
              <td><code>${nameOf(check)}</code></td>
              <td colspan="2">The scenario did not reach this check.</td>
            </tr>`,
      )}
    </tbody>`,
  )}
</table>`;

function FindingLines({ finding, row, places }: { finding: Finding; row: string; places: Places }): Markup[] {
  const { check, outcome, plane, expected, observed, advice } = finding;
  const open = outcome !== 'passed';
  const lines = [
    html`<tr class=${open ? 'open' : undefined}>
      <td><${OutcomeMark} outcome=${outcome} /></td>
      <td><code>${nameOf(check)}</code><span class="plane">${plane}: ${planeWords[plane]}</span></td>
      <td><${Prose} text=${expected} /></td>
      <td><${Prose} text=${observed} /><${EvidenceLinks} finding=${finding} row=${row} places=${places} /></td>
    </tr>`,
  ];
  if (open) {
    lines.push(html`<tr class="advice"><td></td><td></td><td colspan="2"><div>
      ${advice && html`<b>What to do:</b> `}<${Prose} text=${advice} />
      <${Circumstances} finding=${finding} />
    </div></td></tr>`);
  }
  return lines;
}

const faultWords = { pos: 'the till', api: 'the API', environment: 'the environment' } as const;

function Circumstances({
  finding: { outcome, fault, severity, reported: answered },
}: {
  finding: Finding;
}): Markup {
  const words = [
    `${outcome === 'failed' ? 'At fault:' : 'It would be the doing of'} ${faultWords[fault]}`,
    ...(severity === 'should' ? ['recommended only'] : []),
    ...(answered ? ['reported, not observed by the kit'] : []),
  ];
  return html`<div class="small faint">${words.join(' · ')}</div>`;
}

function EvidenceLinks({
  finding,
  row,
  places,
}: {
  finding: Finding;
  row: string;
  places: Places;
}): Markup | null {
  if (!finding.evidence.length) return null;
  const links = finding.evidence.map((name) => {
    const place = places(row, name);
    return place === null ? html`<code>${name}</code> ` : html`<a href="#${place}">${name}</a> `;
  });
  return html`<span class="evidence">Evidence: ${links}</span>`;
}
