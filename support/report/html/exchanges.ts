import { counted } from '../../record/counted.ts';
import type { RowRecord } from '../../record/stream.ts';
import type { Exchange } from '../../record/vocabulary.ts';
import { type Entry, exchangeLog, type Part, type Stretch } from '../exchange-log.ts';
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
    <p class="faint small">Times since the row began. What was shown before is referred to; of a body that is like an earlier one, only what is otherwise is shown.</p>
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
      <${HeadersAlike} first=${first} row=${row} />
      <div class="parts">
        <div><${PartText} title="Request headers" part=${first.requestHeaders} /><${PartText} title="Request body" part=${first.requestBody} row=${row} /></div>
        ${response && html`<div><${PartText} title="Response headers" part=${first.responseHeaders} /><${PartText} title="Response body" part=${first.responseBody} row=${row} /></div>`}
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
  return html`<span class=${response.status >= 400 ? 'bad' : undefined}>${response.status}</span>`;
}

/** Where headers were shown already; most of a row's exchanges have the same. */
function HeadersAlike({ first, row }: { first: Entry; row: string }): Markup | null {
  const [asked, answered] = [first.requestHeaders.sameAs, first.responseHeaders.sameAs];
  if (asked === null && answered === null) return null;
  const said =
    asked === answered
      ? html`Headers as in <${Same} row=${row} id=${asked} />`
      : html`${asked && html`Request headers as in <${Same} row=${row} id=${asked} /> `}${answered && html`Response headers as in <${Same} row=${row} id=${answered} />`}`;
  return html`<p class="faint alike">${said}</p>`;
}

const Same = ({ row, id }: { row: string; id: string | null }): Markup | null =>
  id === null ? null : html`<a href="#${anchors.exchange(row, id)}"><code>${id}</code></a>`;

/** A part as it is shown; `row` where it says itself that another shows the same. */
function PartText({
  title,
  part: { text, sameAs, cut },
  row,
}: {
  title: string;
  part: Part;
  row?: string;
}): Markup | null {
  if (sameAs !== null && !row) return null;
  if (sameAs !== null)
    return html`<h5>${title}</h5><p class="faint">as in <${Same} row=${row} id=${sameAs} /> but for ${text ? 'these' : 'times'}</p>${text && html`<${Pre} text=${text} />`}`;
  if (!text) return null;
  const note =
    cut > 0 && html`<p class="faint">${counted(cut, 'more character')} in the run’s message stream</p>`;
  return html`<h5>${title}</h5><${Pre} text=${text} />${note}`;
}

/** In a text quotes stand for themselves: a page is full of them. */
const Pre = ({ text }: { text: string }): Markup => {
  const __html = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  return html`<pre tabindex="0" dangerouslySetInnerHTML=${{ __html }} />`;
};
