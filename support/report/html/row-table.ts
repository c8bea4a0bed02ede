import { html, type Markup } from '../markup.ts';
import { levelWords } from '../words.ts';
import { anchors } from './anchors.ts';
import { Badge } from './badge.ts';
import { searchText } from './row.ts';
import { bySection } from './sections.ts';
import type { View } from './view.ts';

/** All rows of the run with their verdicts, in the checklist's order. */
export function RowTable({ view: { certificate, decided } }: { view: View }): Markup[] {
  const decisions = Boolean(decided?.rows.size);
  return [
    html`<h2 id="rows">All rows</h2>`,
    html`<div class="scroll"><table class="index">
      <thead><tr><th scope="col">Row</th><th scope="col">Title</th><th scope="col">Level</th><th scope="col">Checks</th><th scope="col">Verdict</th>${decisions && html`<th scope="col">Decision</th>`}</tr></thead>
      ${bySection(certificate.rows).map(
        ([section, rows]) => html`<tbody data-group>
          <tr><th colspan=${decisions ? 6 : 5} scope="rowgroup">${section}</th></tr>
          ${rows.map(
            (row) => html`<tr data-verdict=${row.verdict} data-text=${searchText(row)}>
              <td><a href="#${anchors.row(row.id)}">${row.id}</a></td>
              <td>${row.title}</td>
              <td>${levelWords[row.level]}</td>
              <td class="number">${row.checks.executed} / ${row.checks.expected}</td>
              <td><${Badge} verdict=${row.verdict} /></td>${decisions && html`<td>${decided?.rows.get(row.id)?.word}</td>`}
            </tr>`,
          )}
        </tbody>`,
      )}
    </table></div>`,
  ];
}
