import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Course } from '../../checklist/index.ts';
import { courses } from '../../checklists/pay-at-counter/course.ts';
import { PaymentEvidence } from '../../checklists/payments/evidence.ts';
import type { Observation } from '../../record/vocabulary.ts';
import { sample } from '../sample.ts';
import { layout, pictureFile } from './index.ts';
import type { Label } from './layout.ts';

const { recording } = sample();

const coursesOf = (row: string, run = recording.run): Course[] =>
  courses(new PaymentEvidence(recording.rows.get(row)!.observations), run);

const labelsOf = (course: Course): Label[] => {
  const { axis, lanes } = layout(course);
  return [
    ...axis.map(({ label }) => label),
    ...lanes.flatMap(({ name, labels, callouts }) => [name, ...labels, ...callouts]),
  ];
};

function overlap(one: Label, other: Label): boolean {
  return (
    one.x < other.x + other.width &&
    other.x < one.x + one.width &&
    one.y < other.y + other.height &&
    other.y < one.y + one.height
  );
}

function assertReadable(course: Course): void {
  const { width, height } = layout(course);
  const labels = labelsOf(course);
  for (const [index, label] of labels.entries()) {
    const { x, y, text } = label;
    assert.ok(x >= 0 && x + label.width <= width, `"${text}" leaves the picture at the side`);
    assert.ok(y >= 0 && y + label.height <= height, `"${text}" leaves the picture at the bottom`);
    for (const other of labels.slice(index + 1)) {
      assert.ok(!overlap(label, other), `"${text}" and "${other.text}" overlap`);
    }
  }
}

test('labels do not overlap, whether a session lasts 4 seconds or 80', () => {
  const all = [...recording.rows.keys()].flatMap((row) => coursesOf(row));
  const lengths = all.map(({ duration }) => duration);
  assert.ok(
    Math.min(...lengths) < 6000 && Math.max(...lengths) > 80_000,
    'the sample has short and long sessions',
  );
  for (const course of all) assertReadable(course);
});

test('labels do not overlap and stay in the picture, however the events of a session fall', () => {
  const name = fc.string({ minLength: 1, maxLength: 60, unit: 'grapheme' });
  const moments = fc.array(fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), name), { maxLength: 12 });
  const spans = (list: [number, string][], duration: number): Course['statuses'] => {
    const sorted = [...list].sort(([one], [other]) => one - other);
    return sorted.map(([at, text], index) => ({
      from: at * duration,
      until: (sorted[index + 1]?.[0] ?? 1) * duration,
      text,
      tone: 'quiet',
      lasts: false,
    }));
  };
  fc.assert(
    fc.property(
      fc.integer({ min: 1000, max: 200_000 }),
      moments,
      moments,
      moments,
      (duration, one, two, three) => {
        assertReadable({
          names: coursesOf('PAC-SALE-05')[0]!.names,
          session: 'ts_1',
          type: 'Sale',
          duration,
          statuses: spans(one, duration),
          prompts: spans(two, duration),
          polls: [],
          requests: three.map(([at, text]) => ({ at: at * duration, text, tone: 'active' })),
          operator: [],
          display: [],
        });
      },
    ),
    { numRuns: 60 },
  );
});

test('each terminal session has a course of its own, and a row without one has none', () => {
  assert.equal(coursesOf('PAC-SALE-05').length, 1);
  assert.equal(coursesOf('PAC-SALE-07').length, 2, 'a row with a retry has two sessions');
  assert.deepEqual(coursesOf('PAC-CFG-01'), []);
});

test('the course of a signature tells statuses, prompts, polls, the decision and what the till showed', () => {
  const [course] = coursesOf('PAC-SALE-05');
  assert.deepEqual(
    course!.statuses.map(({ text, from }) => [text, from]),
    [
      ['InitiateRequested', 0],
      ['Initiated', 200],
      ['SignatureVerificationRequired', 6700],
      ['SignatureVerificationAccepted', 9300],
      ['Captured', 10_300],
    ],
  );
  assert.deepEqual(
    course!.prompts.map(({ text, from }) => [text, from]),
    [
      ['PresentCard', 1200],
      ['PleaseWait', 5300],
    ],
  );
  assert.deepEqual(
    course!.requests.map(({ text }) => text),
    ['create session: 201', 'signature accepted: 200', 'read intent: 200'],
  );
  assert.equal(course!.polls.length, 11);
  assert.deepEqual(
    course!.operator.map(({ text }) => text),
    ['accept signature'],
  );
  assert.ok(course!.display.some(({ text }) => text === 'Signature verification required [Accept | Reject]'));
  assert.equal(course!.display.at(-1)!.text, 'Paid');
});

test('a rejected signature and a refused cancellation are distinguished from accepted ones', () => {
  const [rejected] = coursesOf('PAC-SALE-08');
  assert.ok(rejected!.requests.some(({ text }) => text === 'signature rejected: 200'));
  const observations = recording.rows.get('PAC-SALE-01')!.observations.map((one): Observation => {
    if (one.kind !== 'exchange' || one.exchange.request.method !== 'GET') return one;
    const { request } = one.exchange;
    if (!request.target.startsWith('/terminal-sessions/')) return one;
    const cancel = { ...request, method: 'PUT', target: `${request.target}/cancel` };
    return {
      kind: 'exchange',
      exchange: { ...one.exchange, request: cancel, response: { status: 422, headers: [], body: null } },
    };
  });
  const [refused] = courses(new PaymentEvidence(observations), recording.run);
  const mark = refused!.requests.find(({ text }) => text.startsWith('cancel: 422'));
  assert.equal(mark?.tone, 'bad');
  assert.equal(mark?.text, 'cancel: 422 ×9', 'the same again and again is one mark');
});

/** The same row as a till would have lived it that ran through it in no time. */
function hurried(row: string): Observation[] {
  let count = 0;
  return recording.rows.get(row)!.observations.map((one): Observation => {
    count += 1;
    if (one.kind !== 'exchange') return { ...one, at: count };
    return { kind: 'exchange', exchange: { ...one.exchange, at: count, until: count + 0.5 } };
  });
}

test('a till that lives in its account’s time is drawn in that time', () => {
  const run = { ...recording.run, pos: { ...recording.run.pos, clock: 'account' as const } };
  const evidence = new PaymentEvidence(hurried('PAC-SALE-06'));
  const [course] = courses(evidence, run);
  assert.ok(course!.duration > 80_000);
  assert.equal(course!.statuses.find(({ text }) => text === 'SignatureVerificationAccepted')!.from, 86_700);
});

test('no event is drawn after the answer that stated it, though the API’s clock was moved', () => {
  const [course] = courses(new PaymentEvidence(hurried('PAC-SALE-06')), recording.run);
  const end = Math.max(...course!.polls) + 1;
  assert.ok(course!.statuses.every(({ from }) => from <= end));
  assert.deepEqual(
    course!.statuses.map(({ from }) => from),
    course!.statuses.map(({ from }) => from).toSorted((one, other) => one - other),
  );
});

test('a display that does not count is not drawn', () => {
  const run = { ...recording.run, pos: { ...recording.run.pos, display: 'none' as const } };
  assert.deepEqual(coursesOf('PAC-SALE-05', run)[0]!.display, []);
});

test('a session whose polls all failed has a picture that says so', () => {
  const observations = recording.rows.get('PAC-SALE-01')!.observations.map((one): Observation => {
    if (one.kind !== 'exchange' || !/^\/terminal-sessions\//.test(one.exchange.request.target)) return one;
    const { response: _, ...rest } = one.exchange;
    return { kind: 'exchange', exchange: { ...rest, response: null, trouble: 'upstream-dropped' } };
  });
  const [course] = courses(new PaymentEvidence(observations), recording.run);
  assert.ok(course!.requests.some(({ text }) => text === 'poll: upstream-dropped ×9'));
  assertReadable(course!);
});

test('a picture says in words what it shows, and loads nothing', () => {
  const [course] = coursesOf('PAC-SALE-05');
  const svg = pictureFile(course!);
  assert.match(svg, /<title id="timeline-title">Sale session ts_sandbox_PAC-SALE-05_400, [\d.]+ s<\/title>/);
  const answered = /<desc id="timeline-desc">([^<]*)<\/desc>/.exec(svg)![1]!;
  for (const words of [
    'SignatureVerificationRequired at 6.7 s',
    'signature accepted: 200 at 9.3 s',
    'Paid at',
  ]) {
    assert.ok(answered.includes(words), `${words} is missing in: ${answered}`);
  }
  assert.doesNotMatch(svg.replace('xmlns="http://www.w3.org/2000/svg"', ''), /https?:|href|url\(/);
});

test('what a till shows cannot break out of the picture', () => {
  const observations = recording.rows
    .get('PAC-SALE-01')!
    .observations.map(
      (one): Observation =>
        one.kind === 'display'
          ? { ...one, display: { ...one.display, prompt: '</text><script>alert(1)</script>\u0000\u0001' } }
          : one,
    );
  const svg = pictureFile(courses(new PaymentEvidence(observations), recording.run)[0]!);
  assert.doesNotMatch(svg, /<script/);
  assert.ok(svg.includes('&lt;script'));
  assert.ok(!svg.includes('\u0000') && !svg.includes('\u0001'), 'XML has no room for control characters');
});
