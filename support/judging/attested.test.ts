import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { aPaidSale, aSale } from '../checklists/payments/stories/situations.ts';
import type { Story } from '../checklists/payments/stories/story.ts';
import { withoutPhoto } from './attested.ts';
import { aRow, judged, judgedOf } from './testing/bench.ts';

const run = { pos: { display: 'attested', journal: false } } as const;

const said = { by: 'Anna Smith', at: '2026-11-30T18:57:00.000Z' };

/** The same, with its last display attested by a person. */
function attesting(story: Story, photo: string | null = 'photo.jpg'): Story {
  const last = story.observations.findLast(({ kind }) => kind === 'display')!;
  Object.assign(last, { reported: true, attested: said, ...(photo === null ? {} : { screenshot: photo }) });
  return story;
}

const of = (checks: readonly string[], story: Story) => judged(aRow(checks), story, { run });

/** A paid sale of which a person says that the POS shows this. */
const shown = (outcome: string | null, ...checks: string[]): Story =>
  checks.reduce((story, id) => story.expect(id), attesting(aPaidSale().shows({ outcome })));

suite('a display that a person attests', () => {
  test('bears nothing out, whatever wire and state say: it is for a reviewer, with name, time and photo', () => {
    const { verdict, findings } = of(['shows-captured', 'driven'], shown('Paid', 'shows-captured', 'driven'));
    assert.equal(verdict, 'review');
    for (const { outcome, reported, advice, evidence } of findings) {
      assert.equal(outcome, 'review');
      assert.ok(reported);
      assert.equal(
        advice,
        'Anna Smith attested it at 2026-11-30 18:57 UTC with the photo photo.jpg: look at the photo and decide.',
      );
      assert.ok(evidence.includes('photo.jpg'));
    }
  });
  test('fails the row where the wire contradicts it', () => {
    const { verdict, findings } = of(['shows-captured'], shown('Declined', 'shows-captured'));
    assert.equal(verdict, 'failed');
    assert.match(findings[0]!.observed, /"Declined", which stands for Declined/);
  });
  test('fails nobody by seconds', () => {
    const late = aSale().wait(1000).poll('Captured').readIntent().wait(60_000).shows({ outcome: 'Paid' });
    const { verdict, findings } = of(['shows-captured'], attesting(late).expect('shows-captured'));
    assert.equal(verdict, 'review');
    assert.match(findings[0]!.observed, /^Seconds are not judged where a person reads the display/);
  });
  test('fails nobody in what a person is not asked for', () => {
    for (const check of [
      'prompts-shown',
      'total-shown',
      'ledger-agrees',
      'dialogue-survives',
      'says-check-machine',
    ]) {
      const { verdict, findings } = of([check], shown('Paid', check));
      assert.equal(verdict, 'review', check);
      assert.equal(findings[0]!.outcome, 'review');
    }
  });
  test('says what a reviewer has to ask for where there is no photo, or no word', () => {
    const bare = attesting(aPaidSale().shows({ outcome: 'Paid' }), null).expect('shows-captured');
    assert.match(of(['shows-captured'], bare).findings[0]!.advice, /18:57 UTC without a photo: ask for one/);
    assert.equal(withoutPhoto(bare.observations), 1);
    const silent = aPaidSale().expect('driven');
    assert.match(of(['driven'], silent).findings[0]!.advice, /^Nobody attested/);
  });
  test('is kept where the person takes it back: a reviewer decides which attempt holds', () => {
    const corrected = [{}, { again: 'corrected' }] as const;
    const twice = (first: string | null) =>
      judgedOf(
        aRow(['shows-captured']),
        [shown(first, 'shows-captured'), shown('Paid', 'shows-captured')],
        corrected,
        { run },
      );
    const { verdict, why, attempts } = twice('Declined');
    assert.equal(verdict, 'review');
    assert.equal(
      why,
      'attempt 1 failed (shows-captured), then the person at the POS said that an answer had been wrong: a reviewer decides which attempt holds',
    );
    assert.deepEqual(
      attempts?.map((one) => [one.verdict, one.counts, one.again]),
      [
        ['failed', false, undefined],
        ['review', true, 'corrected'],
      ],
    );
    assert.equal(twice('Paid').why, '');
  });
  test('leaves the wire to pass by itself', () => {
    const wire = aPaidSale().expect('no-cancel-sent');
    assert.equal(of(['no-cancel-sent'], wire).verdict, 'passed');
  });
});

test('a photo that had been given before is a finding, and passes no row', () => {
  const story = aPaidSale()
    .record({ kind: 'fact', at: 1, name: 'photo-again', detail: { name: 'b.jpg', row: 'PAC-SALE-01' } })
    .expect('no-cancel-sent');
  const { verdict, findings } = of(['no-cancel-sent'], story);
  const again = findings.find(({ check }) => check === 'PAC-TEST-01/photo-once');
  assert.equal(again?.outcome, 'review');
  assert.match(again?.observed ?? '', /b\.jpg is the photo that was given in PAC-SALE-01 already/);
  assert.equal(verdict, 'review');
});

test('a row that a person left says who and why', () => {
  const story = aPaidSale().record({
    kind: 'fact',
    at: 1,
    name: 'left-by-person',
    detail: { by: 'Anna Smith', reason: 'no paper' },
  });
  const { verdict, why } = of(['no-cancel-sent'], story);
  assert.equal(verdict, 'incomplete');
  assert.equal(why, 'Anna Smith left the row: no paper');
});
