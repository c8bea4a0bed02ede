import { fails, passes, type Stories } from '../../payments/stories/case.ts';
import { aPaidSale, aSale, asksForTerminals } from '../../payments/stories/situations.ts';
import { Story } from '../../payments/stories/story.ts';

const headersOf = (version: string): { headers: [string, string][] } => ({
  headers: [
    ['authorization', 'Basic key-1'],
    ['Version', version],
  ],
});

const headers = (version: string): { headers: [string, string][] } => ({ headers: [['Version', version]] });

export const versionStories: Stories = {
  'one-version-sent': [
    passes('all requests say the same', aPaidSale(), /^2026-02-27 \(\d+ requests\)$/),
    fails(
      'two versions are mixed',
      aSale().call('GET', '/terminals', headersOf('2024-02-05')),
      /2026-02-27 \(2 requests\), 2024-02-05 \(1 request\)/,
    ),
    fails(
      'one request says two',
      aSale().call('GET', '/terminals', {
        headers: [
          ['version', '2026-02-27'],
          ['Version', '2024-02-05'],
        ],
      }),
      /2026-02-27 \(3 requests\), 2024-02-05 \(1 request\)/,
    ),
    fails('a request has none', aSale().call('GET', '/terminals', { headers: [] }), /none \(1 request\)/),
    fails('nothing was sent', new Story(), /Not testable/),
    passes(
      'one',
      new Story().call('GET', '/terminals', headers('1')).call('GET', '/terminals', headers('1')),
    ),
    fails('two', new Story().call('GET', '/terminals', headers('1')).call('GET', '/terminals', headers('2'))),
    fails(
      'it shows two requests of each version',
      ['1', '1', '1', '2'].reduce(
        (all, version) => all.call('GET', '/terminals', headers(version)),
        new Story(),
      ),
      { evidence: ['ex_1', 'ex_2', 'ex_4'] },
    ),
  ],
  'version-as-declared': [
    passes('the wire says what the profile says', aSale(), /declared: 2026-02-27/),
    fails(
      'the wire says another',
      new Story().call('GET', '/terminals', headersOf('2024-02-05')),
      /on the wire: 2024-02-05; declared: 2026-02-27/,
    ),
    fails(
      'another stands beside it',
      new Story().call('GET', '/terminals', {
        headers: [
          ['version', '2026-02-27'],
          ['version', '2024-02-05'],
        ],
      }),
      /on the wire: 2026-02-27, 2024-02-05;/,
    ),
    fails(
      'the header is missing',
      new Story().call('GET', '/terminals', { headers: [] }),
      /on the wire: none/,
    ),
    fails(
      'twenty requests say another',
      asksForTerminals(20, headersOf('2024-02-05')),
      /on the wire: 2024-02-05;/,
    ),
    fails('nothing was sent', new Story(), /Not testable/),
  ],
};
