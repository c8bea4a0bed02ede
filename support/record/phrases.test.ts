import '../checklists/index.ts';
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import fc from 'fast-check';
import { usualVocabulary } from '../profile/index.ts';
import { ambiguousPhrases, resultOf, says, statedOutright } from './phrases.ts';

const defaultVocabulary = usualVocabulary();

suite('a phrase is said only as whole words and not denied', () => {
  const reported: [text: string, phrase: string, said: boolean][] = [
    ['Paid', 'paid', true],
    ['PAID £10.00', 'paid', true],
    ['Payment  of £10.00:\npaid.', 'paid', true],
    ['present   the card', 'present the card', true],
    ['prepaid', 'paid', false],
    ['paid2', 'paid', false],
    ['bezahltpaid', 'paid', false],
    ['épaid', 'paid', false],
    ['not paid', 'paid', false],
    ['not yet paid', 'paid', false],
    ['has not been paid', 'paid', false],
    ['un-paid', 'paid', false],
    ['never paid', 'paid', false],
    ['Nothing was captured.', 'captured', false],
    ["isn't paid", 'paid', false],
    ['wasn’t paid', 'paid', false],
    ["hasn't been paid", 'paid', false],
    ['The payment could not be captured', 'captured', false],
    ['It cannot be cancelled', 'cancelled', false],
    ["It can't be cancelled", 'cancelled', false],
    ['no longer busy', 'busy', false],
    ['without being declined', 'declined', true],
    ['not available', 'not available', true],
    ['Not paid at first; paid now', 'paid', true],
    ['a.b', 'a.b', true],
    ['axb', 'a.b', false],
    ['(tip)', '(tip)', true],
    ['Refuse\u0301', 'refus\u00e9', true],
    ['Refus\u00e9', 'refuse\u0301', true],
    ['Bezah\u00adlt', 'bezahlt', true],
    ['\u2068Pa\u200bid\u2069', 'paid', true],
    ['present\u00a0the\u202fcard', 'present the card', true],
    ['doesn’t allow it', "doesn't allow it", true],
    ['not\u00a0paid', 'paid', false],
    ['no\u200bt paid', 'paid', false],
  ];
  for (const [text, phrase, said] of reported)
    test(`"${text}" ${said ? 'says' : 'does not say'} "${phrase}"`, () => {
      assert.equal(says(text, [phrase]), said);
    });
  test('nothing says nothing', () => {
    assert.equal(says(null, ['paid']), false);
    assert.equal(says('', ['paid']), false);
    assert.equal(says('paid', []), false);
  });
  test('whatever a profile gives as a phrase is taken as text and found in itself', () => {
    const words = fc.array(fc.stringMatching(/^[\p{L}\p{N}.*+?^${}()|[\]\\/-]{1,8}$/u), {
      minLength: 1,
      maxLength: 4,
    });
    fc.assert(fc.property(words, (parts) => says(`« ${parts.join('  ')} »`, [parts.join(' ')])));
  });
});

suite('what the words of a till stand for', () => {
  const meanings: [text: string | null, result: string | null][] = [
    ['Paid', 'Captured'],
    ['Cancelled', 'Canceled'],
    ['Partially refunded', 'Refunded'],
    ['The result cannot be confirmed as paid', 'Unconfirmed'],
    ['Payment declined', 'Declined'],
    ['Pre-authorised', 'Authorized'],
    ['Recorded by hand as paid', 'RecordedByHand'],
    ['Not paid', null],
    ['The payment could not be captured', null],
    ['£10.00 will be refunded to the card. Press OK to go on.', null],
    ['Amount to be refunded', null],
    ['It will be automatically cancelled', null],
    ['Payment is being cancelled…', null],
    ['Payment being captured', null],
    ['Waiting for the payment to be authorised…', null],
    ['Awaiting: card approved', null],
    ['Wait until £10.00 is paid', null],
    ['Payment can only be cancelled before the card is presented', null],
    ['If it does not match the payment will be declined.', null],
    ['If £1.50 is declined', null],
    ['The payment may have been captured', null],
    ['The payment to be refunded is refunded', 'Refunded'],
    ['Waiting for the card… Paid', 'Captured'],
    ['Paid – waiting for the receipt', 'Captured'],
    ['Refunded to the card', 'Refunded'],
    ['If the result cannot be confirmed, ask', 'Unconfirmed'],
    ['Result of the payment could not be confirmed', 'Unconfirmed'],
    ['Thank you', null],
    ['', null],
    [null, null],
  ];
  for (const [text, result] of meanings)
    test(`"${text}" stands for ${result ?? 'no result'}`, () => {
      assert.equal(resultOf(text, defaultVocabulary), result);
    });
  test('the longest phrase decides, wherever it stands in the vocabulary', () => {
    const none = { ...defaultVocabulary.results };
    for (const name of Object.keys(none) as (keyof typeof none)[]) none[name] = [];
    const vocabulary = { ...defaultVocabulary, results: { ...none, Captured: ['taken by card', 'taken'] } };
    const meant = (text: string, more: Partial<typeof none>) =>
      resultOf(text, { ...vocabulary, results: { ...vocabulary.results, ...more } });
    const text = 'taken by card, not given back';
    assert.equal(meant(text, { Refunded: ['given back', 'not given back'] }), 'Refunded');
    assert.equal(meant('taken by card, given back', { Refunded: ['given back'] }), 'Captured');
    assert.equal(meant(text, { Refunded: ['back'] }), 'Captured');
    assert.equal(meant('taken by card', { Refunded: ['given back'] }), 'Captured');
  });
  test('a text that says two results alike stands for neither', () => {
    assert.equal(resultOf('Captured / Declined', defaultVocabulary), null);
  });
  for (const [name, phrases] of Object.entries(defaultVocabulary.results))
    test(`each phrase that the kit gives for ${name} is read as ${name}`, () => {
      for (const phrase of phrases) assert.equal(resultOf(phrase, defaultVocabulary), name, phrase);
    });
});

suite('what a text of several sentences states outright', () => {
  const reported: [text: string, results: string[]][] = [
    ['Payment approved. Print receipt?', ['Captured']],
    ['Payment approved\nPrint receipt?', ['Captured']],
    ['Print receipt? Payment approved', []],
    ['Was the payment approved or declined? Approved Declined', []],
    ['The payment is declined if the signature does not match.', []],
    ['£10.00 declined. Not captured.', ['Declined']],
    ['The result cannot be confirmed. Record as paid', []],
    ['Card declined. Payment approved', ['Declined', 'Captured']],
  ];
  for (const [text, results] of reported)
    test(`"${text}" states ${results.join(' and ') || 'nothing'}`, () => {
      assert.deepEqual(statedOutright(text, defaultVocabulary), results);
    });
});

suite('phrases that stand for several results', () => {
  test("the kit's own vocabulary has none", () => {
    assert.deepEqual(ambiguousPhrases(defaultVocabulary), []);
  });
  test('are found whatever their case', () => {
    const results = { ...defaultVocabulary.results, Declined: ['PAID', 'declined'] };
    assert.deepEqual(ambiguousPhrases({ ...defaultVocabulary, results }), ['paid']);
  });
  test('a phrase that is given twice for the same result is no trouble', () => {
    const results = { ...defaultVocabulary.results, Declined: ['declined', 'Declined'] };
    assert.deepEqual(ambiguousPhrases({ ...defaultVocabulary, results }), []);
  });
});

suite('how a phrase is put', () => {
  test('white space in it is any white space', () => {
    assert.ok(says('Payment done', ['payment  done']));
    assert.ok(says('Payment \n done', ['payment done']));
    assert.ok(!says('Paymentdone', ['payment done']));
  });
  test('only one that itself begins with a denial may be denied', () => {
    assert.ok(!says('This is not payment no 5', ['payment no 5']));
    assert.ok(says('It was never not paid', ['not paid']));
  });
  test('it is found again and again', () => {
    for (const text of ['Paid', 'Paid', 'Not paid', 'Paid'])
      assert.equal(says(text, ['paid']), text === 'Paid');
  });
});

test('what stands on lines of its own is stated by each', () => {
  assert.deepEqual(statedOutright('Paid\n   Declined', defaultVocabulary), ['Captured', 'Declined']);
  assert.deepEqual(statedOutright('Paid.   Declined.', defaultVocabulary), ['Captured', 'Declined']);
  assert.deepEqual(statedOutright('Paid\nin full', defaultVocabulary), ['Captured']);
});
