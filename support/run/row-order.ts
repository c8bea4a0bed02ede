import type { Plugin } from '@cucumber/cucumber/api';
import { rowOfTags } from '../record/row-id.ts';

/** Has Cucumber run the rows in the order that its option gives. */
const rowOrder: Plugin<readonly string[]> = {
  type: 'plugin',
  optionsKey: 'rowOrder',
  coordinator: ({ transform, options }) => {
    const places = new Map(options.map((id, index) => [id, index]));
    const placeOf = (tags: Parameters<typeof rowOfTags>[0]) =>
      places.get(rowOfTags(tags) ?? '') ?? places.size;
    transform('pickles:order', (pickles) =>
      pickles.toSorted((one, other) => placeOf(one.pickle.tags) - placeOf(other.pickle.tags)),
    );
  },
};

export default rowOrder;
