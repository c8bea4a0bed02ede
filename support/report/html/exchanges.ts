import { counted } from '../../record/counted.ts';
import type { RowRecord } from '../../record/stream.ts';
import type { Exchange } from '../../record/vocabulary.ts';
import { exchangeLog, type Part, type Stretch } from '../exchange-log.ts';
import { html, type Markup } from '../markup.ts';
import { moment } from '../time.ts';
import { partiesWords } from '../words.ts';
import { anchors } from './anchors.ts';

/** All that was exchanged in a row, a line each, with headers and bodies to unfold. */
export function Exchanges({ record, since }: { record: RowRecord; since: number }): Markup | null {
  const log = exchangeLog(record);
  if (!log.length) return null;
  const count = log.reduce((sum, { again }) => sum + 1 + again.length, 0);
  return html`<details class="block">
    <summary>${counted(count, 'exchange')} with the API</summary>
    <p class="faint small">Times since the row began. Where an answer repeats an earlier one but for times, it is referred to.</p>
    ${log.map((stretch) => html`<${StretchLines} stretch=${stretch} row=${record.id} since=${since} />`)}
  </details>`;
}

function StretchLines({
  stretch: { first, again },
  row,
  since,
}: {
  stretch: Stretch;
  row: string;
  since: number;
}): Markup[] {
  const { exchange } = first;
  const { request, response } = exchange;
  const part = (title: string, shown: Part): Markup | null =>
    html`<${PartText} title=${title} part=${shown} row=${row} />`;
  const lines = [
    html`<details class="exchange" id=${anchors.exchange(row, exchange.id)}>
      <summary>
        <code class="faint">${exchange.id}</code>
        <span class="number faint">${moment(exchange.at - since)}</span>
        <b>${request.method}</b>
        <code class="target">${request.target}</code>
        <span><${Origin} exchange=${exchange} /> <${Came} exchange=${exchange} /></span>
        <span class="number faint end">${Math.round(exchange.until - exchange.at)} ms</span>
      </summary>
      <div class="parts">
        <div>${part('Request headers', first.requestHeaders)}${part('Request body', first.requestBody)}</div>
        <div>${response && part('Response headers', first.responseHeaders)}${response && part('Response body', first.responseBody)}</div>
      </div>
    </details>`,
  ];
  if (again.length)
    lines.push(html`<${Again} exchange=${exchange} again=${again} row=${row} since=${since} />`);
  return lines;
}

function Again({
  exchange,
  again,
  row,
  since,
}: {
  exchange: Exchange;
  again: readonly Exchange[];
  row: string;
  since: number;
}): Markup {
  return html`<details class="again">
    <summary>${counted(again.length, 'more such request')} with the same answer as <code>${exchange.id}</code> but for times,
      until ${moment(again.at(-1)!.at - since)}</summary>
    <ol>${again.map(
      (one) =>
        html`<li id=${anchors.exchange(row, one.id)} class="number"><code>${one.id}</code> ${moment(one.at - since)}, ${Math.round(one.until - one.at)} ms</li>`,
    )}</ol>
  </details>`;
}

function Origin({ exchange }: { exchange: Exchange }): Markup {
  const { armed } = exchange;
  const parties = partiesWords(exchange);
  return html`${parties && html`<span class="tag">${parties}</span> `}${armed && html`<span class="tag">fault armed: ${armed}</span> `}`;
}

function Came({ exchange: { response, trouble } }: { exchange: Exchange }): Markup {
  if (!response) return html`<span class="bad">${trouble ?? 'no answer'}</span>`;
  return html`<span class=${response.status >= 400 ? 'bad' : ''}>${response.status}</span>`;
}

function PartText({
  title,
  part: { text, sameAs, cut },
  row,
}: {
  title: string;
  part: Part;
  row: string;
}): Markup | null {
  if (sameAs !== null) {
    const link = html`<a href="#${anchors.exchange(row, sameAs)}"><code>${sameAs}</code></a>`;
    return html`<h5>${title}</h5><p class="faint">same as in ${link} but for times</p>`;
  }
  if (!text) return null;
  const note =
    cut > 0 && html`<p class="faint">${counted(cut, 'more character')} in the run’s message stream</p>`;
  return html`<h5>${title}</h5><pre tabindex="0">${text}</pre>${note}`;
}
