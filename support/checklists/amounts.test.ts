import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { amountsBy } from '../checklist/index.ts';
import type { Amounts } from '../record/amounts.ts';
import { ambiguity } from './ambiguity/index.ts';
import { payAtCounter } from './pay-at-counter/index.ts';

const seeds = Array.from({ length: 2000 }, (_, number) => `seed-${number}`);
const contactless =
  'PAC-PI-02 PAC-PI-03 PAC-PI-09 PAC-SALE-04 PAC-AUTH-08 PAC-ERR-02 PAC-ERR-03 KIT-AMB-02 KIT-AMB-04';

/** What of the amounts of a run no till, no card machine and no API would take, or would tell a reader too little. */
function wrongIn(all: ReadonlyMap<string, Amounts>): string[] {
  const of = (row: string): Amounts => all.get(row) ?? {};
  const wrong: string[] = [];
  const holds = (row: string, rule: string, is: (drawn: Readonly<Record<string, number>>) => boolean) => {
    if (all.has(row) && !is(of(row) as Readonly<Record<string, number>>))
      wrong.push(`${row}: ${rule}: ${JSON.stringify(of(row))}`);
  };
  for (const [row, amounts] of all) {
    holds(row, 'is whole pence, and no more than £400', () =>
      Object.values(amounts).every((one) => Number.isSafeInteger(one) && one > 10 && one < 40_000),
    );
    holds(row, 'is not round', () =>
      Object.entries(amounts).every(
        ([letter, one]) => one % (row === 'PAC-SALE-03' && letter === 'C' ? 50 : 5) !== 0,
      ),
    );
  }
  for (const row of contactless.split(' '))
    holds(row, 'a card that is tapped takes less than £100', (its) =>
      Object.values(its).every((one) => one < 10_000),
    );
  holds('PAC-AUTH-02', 'a phone is verified from £100 on', ({ A, B }) => A! < 10_000 && B! > 10_000);
  holds('PAC-SALE-14', 'the second is paid by tapping', ({ B }) => B! < 10_000);
  holds('PAC-CFG-03', 'the second machine is tapped', ({ B }) => B! < 10_000);
  holds(
    'PAC-PI-01',
    'floats miss the second',
    ({ A, B }) => A! < 10_000 && Math.floor((B! / 100) * 100) < B!,
  );
  holds('PAC-PI-08', 'floats miss three of E', ({ E }) => Math.floor(3 * (E! / 100) * 100) < 3 * E!);
  holds('PAC-PI-08', 'the discount is no more than its line', ({ C, D }) => D! < C!);
  holds('PAC-PI-04', 'it grows', ({ A, B }) => B! > A! && B! < 10_000);
  holds('PAC-SALE-03', 'a virtual machine gives a tenth', ({ C, D }) => 10 * D! === C!);
  holds('PAC-SALE-03', 'a gratuity is a small part', ({ A, B }) => B! <= A! / 5);
  holds('PAC-AUTH-05', 'it grows twice', ({ A, B, C }) => A! < B! && B! < C!);
  holds('PAC-AUTH-05', 'a part is captured', ({ D, E }) => E! < D! / 2);
  holds('PAC-AUTH-06', 'it would grow', ({ A, B }) => A! < B!);
  holds('PAC-REF-02', 'something is left of it', ({ A, B, C }) => 2 * B! < A! && B! + C! < A! - 10);
  holds('KIT-AMB-08', 'a part could be given back twice', ({ A, B }) => 2 * B! < A!);
  return wrong;
}

for (const checklist of [payAtCounter, ambiguity]) {
  suite(`the amounts of ${checklist.name} by ${seeds.length} seeds`, () => {
    const drawn = seeds.map((seed) => amountsBy(seed, checklist));
    test('are what each row needs', () => {
      assert.deepEqual(drawn.flatMap(wrongIn), []);
    });
    test('are in one place each', () => {
      for (const all of drawn) {
        const amounts = [...all.values()].flatMap((row) => Object.values(row));
        assert.equal(new Set(amounts).size, amounts.length);
      }
    });
    test('make up no other of their row', () => {
      for (const all of drawn)
        for (const row of all.values()) {
          const its = Object.values(row);
          for (const [at, one] of its.entries())
            for (const other of its.slice(at + 1)) assert.ok(!its.includes(one + other), JSON.stringify(row));
        }
    });
    test('have all lengths', () => {
      const lengths = new Set(drawn.flatMap((all) => [...all.values()].map(({ A = 0 }) => String(A).length)));
      for (const length of [3, 4, 5]) assert.ok(lengths.has(length), `no amount of ${length} digits`);
    });
    test('are the same by the same seed, and others by another', () => {
      const of = (seed: string) => JSON.stringify([...amountsBy(seed, checklist)]);
      const one = of('one');
      const another = of('another');
      assert.notEqual(one, another);
      assert.equal(of('one'), one);
    });
  });
}

test('rules that nothing meets are a mistake, and say so', () => {
  const never = { range: [100, 100] as const };
  assert.throws(
    () => amountsBy('seed', { name: 'never', amounts: { rules: { 'PAC-A-01': { A: never } } } }),
    /PAC-A-01/,
  );
});
