import { scaleLinear } from 'd3-scale';
import type { Course, Mark, Span, Tone } from '../../checklist/index.ts';
import { fitted, shortened, textWidth } from './text-width.ts';

/** A text and the room that it takes; `y` is its top. */
export interface Label {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly text: string;
}

/** A label that stands below what it names, and a line from there to it. */
export interface Callout extends Label {
  readonly from: { readonly x: number; readonly y: number };
}

export interface Bar {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly tone: Tone;
  readonly title: string;
}

export interface Dot {
  readonly x: number;
  readonly y: number;
  readonly tone: Tone;
  readonly title: string;
}

export interface Lane {
  readonly name: Label;
  readonly top: number;
  readonly height: number;
  readonly bars: readonly Bar[];
  readonly dots: readonly Dot[];
  readonly ticks: readonly { readonly x: number; readonly y: number }[];
  readonly labels: readonly Label[];
  readonly callouts: readonly Callout[];
}

/** Where everything of a picture stands, in pixels of a drawing that is `width` wide. */
export interface Layout {
  readonly width: number;
  readonly height: number;
  readonly plot: {
    readonly left: number;
    readonly right: number;
    readonly top: number;
    readonly bottom: number;
  };
  readonly axis: readonly { readonly x: number; readonly label: Label }[];
  readonly lanes: readonly Lane[];
}

export const fontSize = 11;
export const barHeight = 20;
export const tickHeight = 9;

const width = 900;
const plot = { left: 118, right: 884 };
const axisHeight = 24;
const lineHeight = 14;
const padding = 7;
const gap = 6;
const longestCallout = 200;

type Scale = (ms: number) => number;

/** Arranges the course of a session so that no two labels overlap, whether it lasted four seconds or eighty. */
export function layout(course: Course): Layout {
  const seconds = scaleLinear()
    .domain([0, course.duration / 1000])
    .range([plot.left, plot.right]);
  const scale: Scale = (ms) => seconds(ms / 1000);
  const format = seconds.tickFormat(8);
  const lanes: Lane[] = [];
  let top = axisHeight;
  const add = (name: string, make: (y: number) => Omit<Lane, 'name' | 'top' | 'height'>): void => {
    const y = top + padding;
    const lane = make(y);
    const lowest = Math.max(y + barHeight, ...lane.callouts.map((callout) => callout.y + callout.height));
    const label = {
      x: 0,
      y: y + (barHeight - lineHeight) / 2,
      width: textWidth(name, fontSize),
      height: lineHeight,
    };
    lanes.push({ name: { ...label, text: name }, top, height: lowest + padding - top, ...lane });
    top = lowest + padding;
  };
  const { names } = course;
  add(names.statuses, (y) => barLane(course.statuses, y, scale));
  if (course.prompts.length) add(names.prompts, (y) => barLane(course.prompts, y, scale));
  add(names.requests, (y) => markLane(course.requests, course.polls, y, scale));
  if (course.operator.length) add(names.operator, (y) => markLane(course.operator, [], y, scale));
  if (course.display.length) add(names.display, (y) => barLane(course.display, y, scale));

  const axis = seconds.ticks(8).map((tick) => axisTick(seconds(tick), `${format(tick)} s`));
  return { width, height: top + 2, plot: { ...plot, top: axisHeight, bottom: top }, axis, lanes };
}

function axisTick(x: number, text: string): Layout['axis'][number] {
  const length = textWidth(text, fontSize);
  return {
    x,
    label: { x: Math.min(x - length / 2, width - length), y: 4, width: length, height: lineHeight, text },
  };
}

const lastingWords = ({ from, until }: Span): string => `${((until - from) / 1000).toFixed(1)} s`;

/** Of a text that a page shows as a whole. */
const mostLetters = 120;

const spanTitle = (span: Span): string =>
  `${shortened(span.text, mostLetters)}: from ${(span.from / 1000).toFixed(2)} s${span.lasts ? ' on' : `, for ${lastingWords(span)}`}`;

function barLane(spans: readonly Span[], y: number, scale: Scale): Omit<Lane, 'name' | 'top' | 'height'> {
  const bars: Bar[] = [];
  const labels: Label[] = [];
  const outside: Wish[] = [];
  for (const span of spans) {
    const x = scale(span.from);
    const bar = { x, y, width: Math.max(2, scale(span.until) - x), tone: span.tone };
    bars.push({ ...bar, title: spanTitle(span) });
    const room = bar.width - 2 * gap;
    const text =
      [...(span.lasts ? [] : [`${span.text} · ${lastingWords(span)}`]), span.text].find(
        (one) => textWidth(one, fontSize) <= room,
      ) ?? (room > longestCallout ? fitted(span.text, fontSize, room) : '');
    if (text) {
      const at = { x: x + gap, y: y + (barHeight - lineHeight) / 2 };
      labels.push({ ...at, width: textWidth(text, fontSize), height: lineHeight, text });
    } else outside.push({ x: x + bar.width / 2, y: y + barHeight, text: span.text });
  }
  return { bars, dots: [], ticks: [], labels, callouts: called(outside, y + barHeight + 4) };
}

function markLane(
  marks: readonly Mark[],
  polls: readonly number[],
  y: number,
  scale: Scale,
): Omit<Lane, 'name' | 'top' | 'height'> {
  const middle = y + barHeight / 2;
  const dots = marks.map(({ at, tone, text }) => ({
    x: scale(at),
    y: middle,
    tone,
    title: `${text}, at ${(at / 1000).toFixed(2)} s`,
  }));
  const wishes = marks.map(({ at, text }) => ({ x: scale(at), y: middle + 5, text }));
  const ticks = polls.map((poll) => ({ x: scale(poll), y: middle - tickHeight / 2 }));
  return { bars: [], dots, ticks, labels: [], callouts: called(wishes, y + barHeight + 2) };
}

/** A text that wants to stand below a point. */
interface Wish {
  readonly x: number;
  readonly y: number;
  readonly text: string;
}

/** Puts each text on the first line below `top` where it has room: centred on its point, or beside it. */
function called(wishes: readonly Wish[], top: number): Callout[] {
  const placed: Callout[] = [];
  for (const { x, y, text: whole } of wishes) {
    const text = fitted(whole, fontSize, longestCallout);
    const length = textWidth(text, fontSize);
    const starts = [x - length / 2, x - 4, x - length + 4].map((start) =>
      Math.max(plot.left, Math.min(start, plot.right - length)),
    );
    for (let line = 0; ; line += 1) {
      const lineTop = top + line * lineHeight;
      const start = starts.find(
        (one) => !placed.some((other) => other.y === lineTop && meets(one, length, other)),
      );
      if (start === undefined) continue;
      placed.push({ x: start, y: lineTop, width: length, height: lineHeight, text, from: { x, y } });
      break;
    }
  }
  return placed;
}

const meets = (x: number, length: number, other: Label): boolean =>
  x < other.x + other.width + gap && other.x < x + length + gap;
