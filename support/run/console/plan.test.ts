import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import '../../checklists/index.ts';
import { loadChecklist } from '../../checklist/index.ts';
import { planOf } from './plan.ts';

const checklist = loadChecklist('pay-at-counter');

suite('what a person is in for', () => {
  const plan = planOf(checklist.rows, 'Till 1', checklist, false);

  test('is at most 90 minutes for the whole checklist, and a few for a first try', () => {
    assert.ok(plan.minutes.all > 45 && plan.minutes.all <= 90, `${plan.minutes.all} minutes`);
    assert.ok(plan.minutes.trial <= 15, `${plan.minutes.trial} minutes`);
  });
  test('counts the settings for each row that needs other keys, which come last', () => {
    const usual = checklist.rows.filter(({ reconfigures }) => !reconfigures);
    const less = planOf(usual, 'Till 1', checklist, false).minutes.all;
    assert.ok(plan.minutes.all - less >= 3 * (checklist.rows.length - usual.length));
    assert.ok(plan.rows.slice(usual.length).every(({ reconfigures }) => reconfigures));
  });
  test('changes the card machine as rarely as its rows allow', () => {
    const machines = plan.rows
      .filter(({ reconfigures }) => !reconfigures)
      .map(({ cardMachines = [] }) => cardMachines.toSorted().join());
    const changes = machines.filter((one, index) => one !== machines[index - 1]).length;
    assert.equal(changes, new Set(machines).size);
  });
});
