import { judges } from '../../../../judging/testing/judges.ts';
import type { Display } from '../../../../record/vocabulary.ts';
import { criterionValues } from '../../criteria.ts';
import { aSale } from '../../stories/situations.ts';
import { Story } from '../../stories/story.ts';

const least = criterionValues['display.prompt']!;
const prompted = (ms: number, shown: Partial<Display>, type = 'PresentCard'): Story =>
  aSale()
    .poll('Initiated', type)
    .wait(5)
    .shows(shown)
    .wait(ms - 26)
    .poll('Initiated', 'RemoveCard')
    .shows({ prompt: 'Remove card' })
    .wait(least + 50)
    .poll('Captured')
    .sessionIs('Captured');
judges('prompts-shown', [
  ['passed', 'each is shown', prompted(least, { prompt: 'Present card' })],
  ['failed', 'the first is not shown', prompted(least, { prompt: 'Hello' })],
  ['failed', 'the first lasted just long enough', prompted(least - 1, { prompt: 'Hello' })],
  ['passed', 'the first did not last', prompted(least - 2, { prompt: 'Hello' })],
  [
    'passed',
    'one that the vocabulary does not know has its own words',
    prompted(least, { prompt: 'Please tap phone now' }, 'TapPhone'),
  ],
  [
    'failed',
    'one that the vocabulary does not know is not shown',
    prompted(least, { prompt: 'TapPhone' }, 'TapPhone'),
  ],
  [
    'failed',
    'it is shown once it was over',
    aSale()
      .poll('Initiated', 'PresentCard')
      .wait(least + 50)
      .poll('Initiated', 'RemoveCard')
      .shows({ prompt: 'Present card' })
      .wait(10)
      .poll('Captured')
      .sessionIs('Captured'),
  ],
  [
    'failed',
    'it had been shown before',
    aSale()
      .shows({ prompt: 'Present card' })
      .shows({ prompt: null })
      .poll('Initiated', 'PresentCard')
      .wait(least + 50)
      .poll('Captured')
      .sessionIs('Captured'),
  ],
  [
    'passed',
    'it stands there still from before',
    aSale()
      .shows({ prompt: 'Present card' })
      .poll('Initiated', 'PresentCard')
      .wait(least + 50)
      .poll('Captured')
      .sessionIs('Captured'),
  ],
  [
    'failed',
    'a signature ended it',
    aSale()
      .poll('Initiated', 'PresentCard')
      .shows({ prompt: 'Hello' })
      .wait(least + 50)
      .poll('SignatureVerificationRequired')
      .sessionIs('SignatureVerificationRequired'),
  ],
  [
    'failed',
    'nobody knows how long it lasted',
    aSale().poll('Initiated', 'PresentCard').shows({ prompt: 'Hello' }),
  ],
  ['failed', 'there is no session', new Story().shows({ prompt: 'Hello' })],
]);
