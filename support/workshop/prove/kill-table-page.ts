import { html } from 'htm/preact';
import { renderToString } from 'preact-render-to-string';
import { counted } from '../../record/counted.ts';
import type { KillTable, KillTableEntry } from './kill-table.ts';
import type { Failure } from './proof.ts';

const style = `
body { font: 15px/1.5 system-ui, sans-serif; color: #1d2733; margin: 0 auto; max-width: 90rem; padding: 1.5rem; overflow-wrap: anywhere; }
h1 { line-height: 1.2; } h2 { margin-top: 2.5rem; }
table { border-collapse: collapse; }
th, td { border: 1px solid #dde2e8; padding: .2rem .45rem; text-align: left; vertical-align: top; font-weight: normal; }
.matrix { overflow-x: auto; }
.matrix th.row { writing-mode: vertical-rl; font-size: .75rem; padding: .4rem .1rem; }
.matrix td { width: 1.1rem; text-align: center; padding: 0; }
.matrix th.mutant { white-space: nowrap; font-size: .85rem; position: sticky; left: 0; background: #fff; }
td.caught { background: #14602f; color: #fff; } td.besides { background: #cfe8d7; } td.outside, td.missed { background: #9c1420; color: #fff; }
td.clean { background: #f1f3f6; }
.caught-word { color: #14602f; } .unseen-word { color: #6f4700; } .survived-word { color: #9c1420; }
code { font-size: .86em; } summary { cursor: pointer; } .faint { color: #586473; }
`;

const words: Record<KillTableEntry['verdict'], { readonly said: string; readonly style: string }> = {
  caught: { said: 'caught', style: 'caught-word' },
  unseen: { said: 'not seen yet', style: 'unseen-word' },
  survived: { said: 'survived', style: 'survived-word' },
  'out of bounds': { said: 'caught, and something besides', style: 'survived-word' },
};

const short = (row: string): string => row.replace(/^[A-Z]+-(?=[A-Z])/, '');

/** What stands at the head of both pages. */
function headline({ mutants }: KillTable): string {
  const count = (verdict: KillTableEntry['verdict']) =>
    mutants.filter((one) => one.verdict === verdict).length;
  return [
    `${counted(mutants.length, 'till or upstream', 'tills and upstreams')} that are wrong on purpose: ${count('caught')} caught`,
    ...(['survived', 'out of bounds', 'unseen'] as const).flatMap((verdict) =>
      count(verdict) ? [`${count(verdict)} ${words[verdict].said}`] : [],
    ),
  ].join(', ');
}

/** The kill table as a page that needs nothing but itself. */
export function killTableHtml(table: KillTable): string {
  const { rows, mutants, untried, everywhere } = table;
  const body = html`<html lang="en-GB">
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <title>Kill table</title>
      <style dangerouslySetInnerHTML=${{ __html: style }} />
    </head>
    <body><main>
      <h1>Kill table</h1>
      <p>${headline(table)}.</p>
      <p class="faint">
        Dark: the check that must catch the mutant did. Light: failed besides, and is about the same defect. Red: missed,
        or failed though it should not. Grey: the row was run and nothing failed in it.
      </p>
      <div class="matrix" tabindex="0" role="region" aria-label="Which mutant is caught in which row">
        <table>
          <thead>
            <tr>
              <th scope="col">mutant</th>
              ${rows.map((row) => html`<th scope="col" class="row">${short(row)}</th>`)}
            </tr>
          </thead>
          <tbody>
            ${mutants.map(
              (mutant) =>
                html`<tr>
                  <th scope="row" class="mutant"><a href=${`#${mutant.id}`}>${mutant.id}</a></th>
                  ${rows.map((row) => cell(mutant, row))}
                </tr>`,
            )}
          </tbody>
        </table>
      </div>
      <h2>Checks of every row</h2>
      <ul>
        ${everywhere.map(({ check, rows: seen, of }) => html`<li><code>${check}</code>: made to fail in ${seen.length} of ${counted(of, 'row')}</li>`)}
      </ul>
      <h2>Checks that no mutant makes fail</h2>
      ${
        untried.length
          ? html`<ul>${untried.map(({ row, check }) => html`<li><code>${row}/${check}</code></li>`)}</ul>`
          : html`<p>None.</p>`
      }
      <h2>Mutants</h2>
      ${mutants.map(
        (mutant) =>
          html`<section id=${mutant.id}>
            <h3>${mutant.id} <span class=${words[mutant.verdict].style}>${words[mutant.verdict].said}</span></h3>
            <p>The ${mutant.kind} ${mutant.wrong}. <span class="faint">${mutant.says}.</span></p>
            ${mutant.why && html`<p>Not seen because ${mutant.why}.</p>`}
            ${part('Caught', mutant.caught)} ${part('Missed', mutant.missed)}
            ${part('Failed though it should not', mutant.outside)} ${part('Failed besides', mutant.besides)}
            ${mutant.stuck.map((one) => html`<p>Not judged:  ${one}</p>`)}
          </section>`,
      )}
    </main></body>
  </html>`;
  return `<!doctype html>\n${renderToString(body)}\n`;
}

function cell(mutant: KillTableEntry, row: string) {
  const kinds = (['missed', 'outside', 'caught', 'besides'] as const).filter((kind) =>
    mutant[kind].some((one) => one.row === row),
  );
  const kind = kinds.find((one) => one !== 'missed' || mutant.verdict !== 'unseen') ?? 'clean';
  if (!mutant.ran.includes(row)) return html`<td></td>`;
  const marks = { missed: '○', outside: '✘', caught: '●', besides: '·', clean: '' };
  const checks = kinds.flatMap((one) =>
    mutant[one].filter((failure) => failure.row === row).map(({ check }) => check),
  );
  return html`<td class=${kind} title=${checks.join(', ')}>${marks[kind]}</td>`;
}

const part = (name: string, failures: readonly Failure[]) =>
  failures.length > 0 &&
  html`<details open=${name !== 'Failed besides'}>
    <summary>${name} (${failures.length})</summary>
    <ul>
      ${failures.map(({ row, check, observed }) => html`<li><code>${row}/${check}</code>: ${observed}</li>`)}
    </ul>
  </details>`;

/** The kill table in Markdown, for a summary of a nightly run. */
export function killTableMarkdown(table: KillTable): string {
  const cells = (texts: readonly string[]) =>
    `| ${texts.map((text) => text.replaceAll('|', '\\|')).join(' | ')} |`;
  const checksOf = ({ caught }: KillTableEntry): string => {
    const byCheck = Map.groupBy(caught, ({ check }) => check);
    return [...byCheck]
      .map(([check, found]) => `\`${check}\` ${found.map(({ row }) => short(row)).join(' ')}`)
      .join('; ');
  };
  const troubleOf = ({ missed, outside, stuck, why }: KillTableEntry): string =>
    [
      ...(why ? [why] : missed.map(({ row, check }) => `missed ${row}/${check}`)),
      ...outside.map(({ row, check }) => `also failed ${row}/${check}`),
      ...stuck,
    ].join('; ');
  return [
    '# Kill table',
    '',
    `${headline(table)}.`,
    '',
    '| mutant | what is wrong | result | caught by | what is wrong with it |',
    '|---|---|---|---|---|',
    ...table.mutants.map((one) =>
      cells([one.id, `the ${one.kind} ${one.wrong}`, words[one.verdict].said, checksOf(one), troubleOf(one)]),
    ),
    '',
    '## Checks of every row',
    '',
    ...table.everywhere.map(
      ({ check, rows, of }) => `- \`${check}\`: made to fail in ${rows.length} of ${counted(of, 'row')}`,
    ),
    '',
    '## Checks that no mutant makes fail',
    '',
    ...(table.untried.length ? table.untried.map(({ row, check }) => `- \`${row}/${check}\``) : ['None.']),
    '',
  ].join('\n');
}
