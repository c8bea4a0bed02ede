/** The wrong subjects by which each checklist is proved. The workshop loads it; whoever certifies does not. */
import './index.ts';
import { mutants as atCounter } from '../../fixtures/pay-at-counter/mutants/index.ts';
import { gallery as atTable } from '../../fixtures/pay-at-table/mutants/gallery.ts';
import type { Gallery, WrongSubject } from '../checklist/index.ts';

/** Every gallery; each checklist is in one of them. */
export const galleries: readonly Gallery[] = [
  {
    checklists: ['pay-at-counter', 'ambiguity'],
    folder: 'fixtures/pay-at-counter/mutants',
    control: 'PAC-SALE-01',
    subjects: atCounter.map((one) => (one.till?.pageScript === undefined ? one : { ...one, onPage: true })),
  },
  {
    checklists: ['pay-at-table'],
    folder: 'fixtures/pay-at-table/mutants',
    control: 'PAT-PAY-01',
    subjects: atTable,
  },
];

/** The wrong subjects of all galleries. */
export const wrongSubjects: readonly WrongSubject[] = galleries.flatMap(({ subjects }) => subjects);

/** The gallery that has a subject of that id. Throws when none has. */
export function galleryOf(id: string): Gallery {
  const found = galleries.find(({ subjects }) => subjects.some((one) => one.id === id));
  if (!found) throw new Error(`No gallery has a subject called "${id}"`);
  return found;
}
