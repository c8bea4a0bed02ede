import type { Course, Span, Tone } from '../../checklist/index.ts';
import { html, type Markup, printed } from '../markup.ts';
import {
  type Bar,
  barHeight,
  type Callout,
  type Dot,
  fontSize,
  type Label,
  type Lane,
  layout,
  tickHeight,
} from './layout.ts';
import { shortened } from './text-width.ts';

/** Arial has metric twins on every system, so the arrangement, which knows its widths, holds everywhere. */
const font = 'Arial, Helvetica, "Liberation Sans", Arimo, sans-serif';

const colours: Readonly<Record<Tone, { readonly fill: string; readonly line: string }>> = {
  quiet: { fill: '#eceff3', line: '#8a94a3' },
  active: { fill: '#dce9f8', line: '#3b74b4' },
  asking: { fill: '#fbe9c6', line: '#b07d12' },
  good: { fill: '#d7eedd', line: '#2f8550' },
  bad: { fill: '#f9dcdc', line: '#b7373d' },
};
const ink = '#1d2733';
const faint = '#5a6675';

/** A picture of a session's course as SVG that refers to nothing outside itself. */
export function Picture({ course, id }: { course: Course; id: string }): Markup {
  const { width, height, plot, axis, lanes } = layout(course);
  return html`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width=${width} height=${height}
      role="img" aria-labelledby="${id}-title ${id}-desc" font-family=${font} font-size=${fontSize} fill=${ink}>
    <title id="${id}-title">${title(course)}</title>
    <desc id="${id}-desc">${described(course)}</desc>
    <rect width=${width} height=${height} fill="#fff" />
    ${lanes.map(({ top, height: tall }, index) => index % 2 === 0 && html`<rect x="0" y=${top} width=${width} height=${tall} fill="#f7f8fa" />`)}
    <path d=${axis.map(({ x }) => `M${px(x)} ${plot.top}V${plot.bottom}`).join('')} stroke="#dfe3e8" />
    ${axis.map(({ label }) => html`<${Text} label=${label} fill=${faint} />`)}
    ${lanes.map((lane) => html`<${LaneDrawing} lane=${lane} plot=${plot} />`)}
  </svg>`;
}

/** The picture as a file of its own. */
export const pictureFile = (course: Course): string =>
  printed(html`<${Picture} course=${course} id="timeline" />`);

function LaneDrawing({ lane, plot }: { lane: Lane; plot: { left: number; right: number } }): Markup {
  const { name, bars, dots, ticks, labels, callouts } = lane;
  const middle = name.y + name.height / 2;
  return html`<g>
    <${Text} label=${{ ...name, x: 8 }} fill=${faint} />
    ${bars.length === 0 && html`<line x1=${plot.left} x2=${plot.right} y1=${middle} y2=${middle} stroke="#c3cad3" />`}
    ${ticks.length > 0 && html`<path class="polls" d=${ticks.map(({ x, y }) => `M${px(x)} ${y}v${tickHeight}`).join('')} stroke="#5f7ea3" />`}
    ${callouts.length > 0 && html`<path d=${callouts.map(leader).join('')} stroke="#a9b2bd" fill="none" />`}
    ${bars.map((bar) => html`<${BarDrawing} bar=${bar} />`)}
    ${dots.map((dot) => html`<${DotDrawing} dot=${dot} />`)}
    ${labels.map((label) => html`<${Text} label=${label} />`)}
    ${callouts.length > 0 && html`<g stroke="#fff" stroke-width="3" paint-order="stroke">${callouts.map((callout) => html`<${Text} label=${callout} />`)}</g>`}
  </g>`;
}

const BarDrawing = ({ bar: { x, y, width, tone, title: words } }: { bar: Bar }): Markup => html`<g>
  <title>${words}</title>
  <rect x=${px(x)} y=${y} width=${px(width)} height=${barHeight} fill=${colours[tone].fill} />
  <rect x=${px(x)} y=${y} width="2" height=${barHeight} fill=${colours[tone].line} />
</g>`;

const DotDrawing = ({ dot: { x, y, tone, title: words } }: { dot: Dot }): Markup => html`<circle
  cx=${px(x)} cy=${y} r="5" fill=${colours[tone].line} stroke="#fff" stroke-width="1.5"><title>${words}</title></circle>`;

/** The line that leads from its place to a text that found no room there. */
const leader = ({ from, x, y, width }: Callout): string => {
  const foot = Math.max(x + 2, Math.min(from.x, x + width - 2));
  return `M${px(from.x)} ${from.y}L${px(foot)} ${y + 2}`;
};

const Text = ({ label, fill }: { label: Label; fill?: string }): Markup => html`<text
  x=${px(label.x)} y=${label.y + fontSize} textLength=${px(label.width)} fill=${fill}>${label.text}</text>`;

const px = (value: number): string => String(Math.round(value * 10) / 10);

const at = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;

const title = ({ names, session, type, duration }: Course): string =>
  `${type} ${names.one} ${session}, ${at(duration)}`;

/** The row lists beside it what the till has shown in full. */
const mostLetters = 60;

/** All that the picture shows, for those who can't see it. */
function described({ names, statuses, prompts, polls, requests, operator, display }: Course): string {
  const spans = (list: readonly Span[]): string =>
    list.map(({ text, from }) => `${shortened(text, mostLetters)} at ${at(from)}`).join(', ');
  const marks = (list: Course['requests']): string =>
    list.map((mark) => `${mark.text} at ${at(mark.at)}`).join(', ');
  return [
    [names.statuses, spans(statuses)],
    [names.prompts, spans(prompts)],
    [names.requests, marks(requests)],
    [names.polls, polls.length ? `${polls.length}, from ${at(polls[0]!)} to ${at(polls.at(-1)!)}` : ''],
    [names.operator, marks(operator)],
    [names.display, spans(display)],
  ]
    .filter(([, words]) => words)
    .map(([name, words]) => `${name}: ${words}.`)
    .join(' ');
}
