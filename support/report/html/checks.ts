import type { CertificateRow } from '../../verdict/index.ts';
import type { Finding } from '../../vocabulary.ts';
import { html, type Markup } from '../markup.ts';
import { planeWords } from '../words.ts';
import { OutcomeMark } from './badge.ts';
import type { Places } from './places.ts';
import { Prose } from './prose.ts';

const nameOf = (check: string): string => check.slice(check.indexOf('/') + 1);

/** The clauses of a row with the checks that judge them: what was expected, and what was observed. */
export function Checks({ row, places }: { row: CertificateRow; places: Places }): Markup {
  const listed = new Set(row.clauses.flatMap(({ checks }) => checks));
  const others = row.findings.filter(({ check }) => !listed.has(check)).map(({ check }) => check);
  const clauses = others.length ? [...row.clauses, { clause: 'Besides', checks: others }] : row.clauses;
  return html`<table class="checks">
    <colgroup><col class="c1" /><col class="c2" /><col /><col /></colgroup>
    <thead><tr><th scope="col">Outcome</th><th scope="col">Check</th><th scope="col">Expected</th><th scope="col">Observed</th></tr></thead>
    ${clauses.map(
      ({ clause, checks }) => html`<tbody>
        <tr><th colspan="4" scope="rowgroup">${clause}</th></tr>
        ${checks.map((check) => html`<${CheckLines} check=${check} row=${row} places=${places} />`)}
      </tbody>`,
    )}
  </table>`;
}

function CheckLines({
  check,
  row,
  places,
}: {
  check: string;
  row: CertificateRow;
  places: Places;
}): Markup | Markup[] {
  const finding = row.findings.find((one) => one.check === check);
  if (!finding) {
    const missing = row.checks.missing.includes(nameOf(check)) || row.checks.missing.includes(check);
    return html`<tr>
      <td><${OutcomeMark} outcome=${missing ? 'not-executed' : 'not-asked'} /></td>
      <td><code>${nameOf(check)}</code></td>
      <td colspan="2" class="faint">${missing ? 'The scenario did not come to this check.' : 'This run does not ask for it.'}</td>
    </tr>`;
  }
  const open = finding.outcome !== 'passed';
  const more = open || finding.evidence.length > 0;
  const lines = [
    html`<tr class=${more ? 'open' : ''}>
      <td><${OutcomeMark} outcome=${finding.outcome} /></td>
      <td><code>${nameOf(check)}</code></td>
      <td><${Prose} text=${finding.expected} /></td>
      <td><${Prose} text=${finding.observed} /></td>
    </tr>`,
  ];
  if (more) {
    lines.push(html`<tr class="advice"><td></td><td class="faint small">${planeWords[finding.plane]}</td><td colspan="2">
      ${finding.advice && html`<p><b>What to do:</b> <${Prose} text=${finding.advice} /></p>`}
      <p class="small faint"><${Circumstances} finding=${finding} /><${EvidenceLinks} finding=${finding} row=${row.id} places=${places} /></p>
    </td></tr>`);
  }
  return lines;
}

const faultWords = { pos: 'the till', api: 'the API', environment: 'the environment' } as const;

function Circumstances({ finding: { outcome, fault, severity, told } }: { finding: Finding }): Markup {
  const words = [
    ...(outcome === 'passed' ? [] : [`Would be the fault of: ${faultWords[fault]}`]),
    ...(severity === 'should' ? ['recommended only'] : []),
    ...(told ? ['told, not seen by the kit'] : []),
  ];
  return html`${words.length > 0 && html`<span>${words.join(' · ')} · </span>`}`;
}

function EvidenceLinks({ finding, row, places }: { finding: Finding; row: string; places: Places }): Markup {
  if (!finding.evidence.length) return html`<span>no evidence named</span>`;
  const links = finding.evidence.map((name) => {
    const place = places(row, name);
    return place === null ? html`<code>${name}</code> ` : html`<a href="#${place}"><code>${name}</code></a> `;
  });
  return html`<span class="evidence">Evidence: ${links}</span>`;
}
