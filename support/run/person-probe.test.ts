import assert from 'node:assert/strict';
import { test } from 'node:test';
import '../checklists/index.ts';
import { loadChecklist } from '../checklist/index.ts';
import { loadProfile } from '../profile/index.ts';
import { personProbe } from './person-probe.ts';

const checklist = loadChecklist('pay-at-counter');
const { rows } = checklist;
const profiles = new URL('../../fixtures/pay-at-counter/profiles/', import.meta.url);
const [inBrowser, byHand] = ['reference', 'attended'].map((name) =>
  loadProfile(new URL(`${name}.yaml`, profiles).pathname),
);

test('doctor says what a person is needed for, how long, and which rows nobody does', async () => {
  const person = { operator: 'Anna Smith' };
  const cases = [
    [inBrowser!, false, null],
    [inBrowser!, true, /^note: the profile names nobody\. Without `person` .*: PAC-.*, about \d+ minutes\.$/],
    [
      { ...inBrowser!, person },
      true,
      /^note: about \d+ minutes .*for PAC-ERR-02 .*`person\.cardMachine`.*PAC-/,
    ],
    [
      { ...inBrowser!, person: { ...person, cardMachine: '20304050' } },
      true,
      /^yes: about \d+ minutes of a person's time, for PAC-.* at the card machine or in the developer portal:/,
    ],
    [byHand!, false, /^yes: about \d\d minutes of a person's time, for \d+ rows at the POS: the run prints/],
  ] as const;
  for (const [profile, atApi, said] of cases) {
    const look = await personProbe(profile, checklist, rows, atApi)?.look();
    if (said === null) assert.equal(look, undefined);
    else assert.match(`${look!.ok}: ${look!.found}${look!.ok === 'yes' ? '' : `. ${look!.advice}`}`, said);
  }
});
