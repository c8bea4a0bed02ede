import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import fc from 'fast-check';
import { currencyOf, type Decimal, decimalOf, minorUnits } from './money.ts';

const read: readonly (readonly [text: string, value: number, decimal?: Decimal])[] = [
  ['£10.00', 1000],
  ['10.00', 1000],
  ['GBP 10.00', 1000],
  ['10.00 GBP', 1000],
  ['10,00 €', 1000],
  ['€ 7,20', 720],
  ['EUR 7,20', 720],
  ['1.234,56 €', 123456],
  ['1 234,56 €', 123456],
  ['10\u202f000,00\u00a0€', 1000000],
  ['10,00', 1000],
  ['£1 000.00', 100000],
  ['£1\u2009000.00', 100000],
  ['£1’000.00', 100000],
  ["£1'234'567.89", 123456789],
  ['£1,23,456.00', 12345600],
  ['£10.5', 1050],
  ['£10', 1000],
  ['£10·00', 1000],
  ['£.50', 50],
  ['(£5.00)', -500],
  ['–£5.00', -500],
  ['£-5.00', -500],
  ['£ −5.00', -500],
  ['£5.00-', -500],
  ['\u200e-\u200e£5.00', -500],
  ['minus £5.00', -500],
  ['+£5.00', 500],
  ['７.２０', 720],
  ['£１０．００', 1000],
  ['١٠٫٠٠ £', 1000],
  ['£1 .50', 150],
  ['£ 25 .50', 2550],
  ['£ 25 . 50', 2550],
  ['£1⁵⁰', 150],
  ['10,- €', 1000],
  ['£10.–', 1000],
  ['Total: £10.00', 1000],
  ['Refund -£5.00', -500],
  ['£1,234', 123400],
  ['£1,234,567', 123456700],
  ['1.234 €', 123400, ','],
  ['€1,234', 123400, '.'],
  ['1\u00ad0.00', 1000],
  ['0', 0],
  ['£0.00', 0],
  ['-£0.00', 0],
  ['10,00 £GB', 1000],
  ['10.00 euros', 1000],
  ['CHF 10.00', 1000],
];

const unsure: readonly (readonly [text: string | null | undefined, decimal?: Decimal])[] = [
  [null],
  [undefined],
  [''],
  ['–'],
  ['free'],
  ['£'],
  ['2 × £10.00'],
  ['2 x £10.00'],
  ['£10.00 £1.00'],
  ['£10.00 (incl. £1.00 tip)'],
  ['£5.00–£10.00'],
  ['£5-10'],
  ['10.00 5.00'],
  ['£1 50'],
  ['£1 0'],
  ['1050'],
  ['1050 pence'],
  ['Pence: £10.50'],
  ['50p'],
  ['£10k'],
  ['£10 thousand'],
  ['10.00 %'],
  ['30/11/2026'],
  ['12:30'],
  ['1.234 €'],
  ['€1,234'],
  ['£1.234'],
  ['£1,234', ','],
  ['1.234 €', '.'],
  ['£10.000'],
  ['£0,234'],
  ['£1.2.3'],
  ['£1,2345'],
  ['£12,34,56'],
  ['£1,234.567'],
  ['1,234.56,78'],
  ['Room 2 100.00'],
  ['Table 5 £10.00'],
  ['2 100.00 €'],
  ['Total - £10.00'],
  ['--£5.00'],
  ['(£5.00'],
  ['£10.00 €'],
  ['£10.00¹'],
  ['£99999999999999999999.00'],
  ['¥1,000'],
  ['JPY 1000'],
];

suite('an amount as a till prints it', () => {
  for (const [text, value, decimal] of read)
    test(`${JSON.stringify(text)} is ${value}`, () => assert.equal(minorUnits(text, decimal), value));
  for (const [text, decimal] of unsure)
    test(`${JSON.stringify(text)} cannot be read surely${decimal ? ` with a decimal ${decimal}` : ''}`, () =>
      assert.equal(minorUnits(text, decimal), null));

  const locales = (
    'en-GB en-US en-IE en-IN de-DE de-CH de-AT fr-FR fr-CH fr-CA it-IT it-CH es-ES pt-PT pt-BR nl-NL pl-PL sv-SE ' +
    'nb-NO da-DK fi-FI cs-CZ hu-HU lt-LT bg-BG el-GR tr-TR ru-RU uk-UA he-IL ar-EG fa-IR hi-IN mr-IN bn-BD ne-NP ' +
    'my-MM th-TH ja-JP zh-CN ko-KR ta-IN gu-IN'
  ).split(' ');
  const printed = fc.record({
    locale: fc.constantFrom(...locales),
    value: fc.oneof(
      fc.integer({ min: -20_000, max: 20_000 }),
      fc.integer({ min: -2_000_000_000, max: 2_000_000_000 }),
    ),
    currency: fc.constantFrom('GBP', 'EUR', 'USD'),
    currencyDisplay: fc.constantFrom('symbol', 'narrowSymbol', 'code', 'name'),
    currencySign: fc.constantFrom('standard', 'accounting'),
    style: fc.constantFrom('currency', 'decimal'),
    whole: fc.boolean(),
    known: fc.boolean(),
  });
  const print = (one: Record<string, unknown> & { locale: string; value: number; whole: boolean }) =>
    new Intl.NumberFormat(one.locale, {
      style: one.style as 'currency',
      currency: one.currency as string,
      currencyDisplay: one.currencyDisplay as 'symbol',
      currencySign: one.currencySign as 'standard',
      minimumFractionDigits: one.whole && one.value % 100 === 0 ? 0 : 2,
      maximumFractionDigits: 2,
    }).format(one.value / 100);

  test('in whatever language it is printed, is read as itself or not at all', () => {
    fc.assert(
      fc.property(printed, (one) => {
        const said = print(one);
        const value = minorUnits(said, one.known ? decimalOf(one.locale) : null);
        assert.ok(value === null || value === one.value, `${said} of ${one.locale} is read as ${value}`);
      }),
      { numRuns: 3000 },
    );
  });
  test('with its pence and the sign of its currency, is read in the usual languages', () => {
    const usual = fc.constantFrom(
      'en-GB',
      'en-IE',
      'de-DE',
      'fr-FR',
      'it-IT',
      'es-ES',
      'nl-NL',
      'pl-PL',
      'de-CH',
    );
    const amount = fc.integer({ min: -9_999_999, max: 9_999_999 });
    fc.assert(
      fc.property(usual, amount, fc.constantFrom('GBP', 'EUR'), (locale, value, currency) => {
        const said = new Intl.NumberFormat(locale, { style: 'currency', currency }).format(value / 100);
        assert.equal(minorUnits(said), value, `${said} of ${locale}`);
      }),
      { numRuns: 500 },
    );
  });
  test('never becomes another one by what stands around it', () => {
    const piece = fc.constantFrom(
      '£',
      '€',
      '1',
      '2',
      '0',
      '50',
      '000',
      '.',
      ',',
      ' ',
      '-',
      '(',
      ')',
      'x',
      '%',
      "'",
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
        const value = minorUnits(pieces.join(''));
        if (value === null) return;
        const digits = pieces.join('').replace(/\D/g, '').replace(/^0+/, '');
        assert.ok(
          ['', '0', '00'].some((pence) => String(Math.abs(value)) === (digits + pence || '0')) || value === 0,
          `${pieces.join('')} is read as ${value}`,
        );
      }),
      { numRuns: 2000 },
    );
  });
});

suite('the currency of an amount', () => {
  for (const [text, code] of [
    ['£10.00', 'GBP'],
    ['10,00 €', 'EUR'],
    ['10.00 gbp', 'GBP'],
    ['$5.00', 'USD'],
    ['5.00', null],
    ['£5.00 / €6.00', null],
    [null, null],
  ] as const)
    test(`of ${text} is ${code}`, () => assert.equal(currencyOf(text), code));
});
