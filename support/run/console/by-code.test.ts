import assert from 'node:assert/strict';
import { join } from 'node:path';
import { before, suite, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import '../../checklists/index.ts';
import { loadChecklist } from '../../checklist/index.ts';
import { loadContract } from '../../contract/index.ts';
import type { Certificate } from '../../judging/index.ts';
import { loadProfile } from '../../profile/index.ts';
import { examine } from '../../review/verify.ts';
import { wants } from '../../workshop/by-hand.ts';
import { temporaryFolder } from '../../workshop/testing/command.ts';
import { kit } from '../kit.ts';
import { runRows, selectRows } from '../run.ts';
import { openConsole } from './index.ts';

const out = join(temporaryFolder(), 'run');
const contract = loadContract();
const checklist = loadChecklist('pay-at-counter');
const profile = loadProfile(
  fileURLToPath(new URL('../../../fixtures/pay-at-counter/profiles/attended.yaml', import.meta.url)),
);
const rows = selectRows(checklist, ['PAC-CFG-05', 'PAC-SALE-01', 'PAC-AUTH-07', 'PAC-ERR-01'], null);

suite('a person who always says what the row wants, at a POS that does and shows nothing', () => {
  let certificate: Certificate;
  /** The rows in which the person was asked for something, as often as they began. */
  const asked: string[] = [];
  before(async () => {
    const people = await openConsole({
      run: 'flattered',
      profile,
      rows,
      checklist,
      account: false,
      goesOn: false,
      abort: () => {},
    });
    const { desk, session } = people;
    let last = 0;
    const answer = () => {
      const { open, row } = desk;
      if (!open || open.number === last) return;
      last = open.number;
      if (asked.at(-1) !== row) asked.push(row!);
      const first = asked.filter((one) => one === 'PAC-AUTH-07').length === 1;
      setImmediate(() => {
        if (row === 'PAC-AUTH-07' && first) session.correct(row);
        else if (open.step.kind === 'do') desk.reply(open.number, { how: 'done' });
        else desk.reply(open.number, { how: 'said', said: { choice: wants(row!) } });
      });
    };
    desk.onChange(answer);
    session.begin({ by: 'Ben Hasty', rows: 'all' });
    ({ certificate } = await runRows({
      profile,
      ownTill: false,
      upstream: { kind: 'embedded' },
      rows,
      order: session.rows.map(({ id }) => id),
      ended: (line) => session.rowDone(line),
      corrected: () => session.takeCorrected(),
      checklist,
      contract,
      workers: 0,
      fast: true,
      allure: false,
      out,
      id: 'flattered',
      say: () => {},
    }));
    await people.close();
  });

  test('gets no row passed', () => {
    for (const { id, verdict } of certificate.rows)
      assert.ok(['failed', 'review'].includes(verdict), `${id}: ${verdict}`);
    assert.equal(certificate.rows.find(({ id }) => id === 'PAC-SALE-01')?.verdict, 'failed');
  });
  test('and a row in which an answer was taken back is done once more after all others, with both attempts kept', () => {
    assert.equal(asked.filter((row) => row === 'PAC-AUTH-07').length, 2);
    assert.equal(asked.at(-1), 'PAC-AUTH-07');
    const { attempts = [] } = certificate.rows.find(({ id }) => id === 'PAC-AUTH-07')!;
    assert.deepEqual(
      attempts.map(({ counts, again }) => [counts, again]),
      [
        [false, undefined],
        [true, 'corrected'],
      ],
    );
    assert.match(attempts[0]!.why, /Ben Hasty left the row: an answer was wrong/);
    assert.deepEqual(examine([out], { heads: [], contract, out, kit: kit() }).edits, []);
  });
});
