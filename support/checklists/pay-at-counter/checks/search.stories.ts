import type { Json } from '../../../record/vocabulary.ts';
import { fails, passes, type Stories } from '../../payments/stories/case.ts';
import { Story } from '../../payments/stories/story.ts';

const page = (story: Story, after: string | null, data: Json[], next: string | null): Story =>
  story.call('POST', '/payment-intents/search', {
    body: { cursor: { limit: 2, ...(after ? { after } : {}) } },
    answer: { data, ...(next ? { after: next } : {}) },
  });

const pageOf = (data: Json[], after?: string, from?: string) => (story: Story) =>
  story.call('POST', '/payment-intents/search', {
    body: { cursor: from ? { after: from } : {} },
    answer: { data, ...(after ? { after } : {}) },
  });

export const searchStories: Stories = {
  'search-sent': [
    passes('it is sent', page(new Story(), null, [], null), /answered 200/),
    fails(
      'it is refused',
      new Story().call('POST', '/payment-intents/search', { status: 400 }),
      /answered 400/,
    ),
    fails('none is sent', new Story(), /none was sent/, { fault: 'pos' }),
    passes(
      'a second try succeeded',
      new Story()
        .call('POST', '/payment-intents/search', { status: 500 })
        .call('POST', '/payment-intents/search'),
    ),
    fails('a search is refused', new Story().call('POST', '/payment-intents/search', { status: 500 }), {
      fault: 'api',
    }),
  ],
  'cursor-followed': [
    passes(
      'each page names the one before',
      page(page(new Story(), null, ['a'], 'c1'), 'c1', ['b'], null),
      /2 pages/,
    ),
    passes(
      'a page that was refused is asked for again',
      page(
        page(new Story(), null, ['a'], 'c1').call('POST', '/payment-intents/search', {
          body: { cursor: { after: 'c1' } },
          status: 503,
        }),
        'c1',
        ['b'],
        null,
      ),
      /2 pages/,
    ),
    passes('the last page is empty', page(page(new Story(), null, ['a'], 'c1'), 'c1', [], 'c2'), /2 pages/),
    passes(
      'the list is asked for anew, and followed again',
      page(page(page(new Story(), null, ['a'], 'c1'), null, ['a'], 'c1'), 'c1', ['b'], null),
      /2 pages/,
    ),
    fails(
      'the first page is asked for again',
      page(page(new Story(), null, ['a'], 'c1'), null, ['a'], 'c1'),
      /1 page asked for; there is a further one/,
    ),
    fails(
      'a cursor of its own is sent',
      page(page(new Story(), null, ['a'], 'c1'), 'c9', ['b'], null),
      /page 2 was asked for with another cursor/,
    ),
    fails(
      'there is a further page',
      page(page(new Story(), null, ['a'], 'c1'), 'c1', ['b'], 'c2'),
      /there is a further one/,
    ),
    passes('a page of the size that was asked for holds all', page(new Story(), null, ['a'], null), /1 page/),
    fails('no list was asked for', new Story(), /Not testable/),
  ],
  'list-complete': [
    passes(
      'the pages hold each once',
      new Story().call('POST', '/payment-intents/search', { answer: { data: [{ id: 'a' }, { id: 'b' }] } }),
      /2 payment intents listed, 0 missing, 0 twice/,
      { params: { ids: ['a', 'b'] } },
    ),
    fails(
      'one is missing',
      new Story().call('POST', '/payment-intents/search', { answer: { data: [{ id: 'a' }] } }),
      /1 missing/,
      { params: { ids: ['a', 'b'] } },
    ),
    fails(
      'a page was asked for twice',
      new Story()
        .call('POST', '/payment-intents/search', { answer: { data: [{ id: 'a' }], after: 'c1' } })
        .call('POST', '/payment-intents/search', {
          body: { cursor: { after: 'c1' } },
          answer: { data: [{ id: 'a' }] },
        }),
      /1 twice/,
      { params: { ids: ['a'] } },
    ),
    fails('none was asked for', new Story(), /1 missing/, { params: { ids: ['a'] } }),
    fails('each pageOf was asked for', pageOf([{ id: 'pi_1' }])(new Story()), {
      params: { ids: ['pi_1', 'pi_2'] },
      fault: 'api',
    }),
    fails('a page was left out', pageOf([{ id: 'pi_1' }], 'more')(new Story()), {
      params: { ids: ['pi_1', 'pi_2'] },
      fault: 'pos',
    }),
    fails(
      'a page was asked for with another cursor',
      pageOf([], undefined, 'other')(pageOf([{ id: 'pi_1' }], 'more')(new Story())),
      { params: { ids: ['pi_1', 'pi_2'] }, fault: 'pos' },
    ),
    fails('no page was asked for', new Story(), { params: { ids: ['pi_1'] }, fault: 'pos' }),
  ],
};
