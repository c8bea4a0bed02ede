import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { checkIn, rowOfTags, sectionOf } from './row-id.ts';

const tags = (...names: string[]): { name: string }[] => names.map((name) => ({ name }));

suite('a row is known by its id, of however many parts', () => {
  test('among the tags of a scenario', () => {
    assert.equal(rowOfTags(tags('@mandatory', '@PAC-SALE-05')), 'PAC-SALE-05');
    assert.equal(rowOfTags(tags('@LNK-01', '@optional')), 'LNK-01');
    assert.equal(rowOfTags(tags('@KIT-PAT-LOCK-12')), 'KIT-PAT-LOCK-12');
    for (const name of ['@mandatory', '@PAC', '@PAC-SALE', '@pac-sale-05', '@PAC-SALE-05x', '@-05', '@05'])
      assert.equal(rowOfTags(tags(name)), null, name);
  });
  test('its section is what stands between code and number', () => {
    assert.equal(sectionOf('PAC-SALE-05'), 'SALE');
    assert.equal(sectionOf('LNK-01'), '');
    assert.equal(sectionOf('KIT-PAT-LOCK-12'), 'PAT-LOCK');
  });
  test('a check has its own id behind it', () => {
    assert.equal(checkIn('PAC-SALE-05/decision-sent'), 'decision-sent');
    assert.equal(checkIn('LNK-01/link-opens'), 'link-opens');
  });
});
