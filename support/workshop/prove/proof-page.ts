import type { Catalogue, WrongSubject } from '../../checklist/index.ts';
import { counted } from '../../record/counted.ts';

/**
 * The page "What each row is known to catch", by the entries of the gallery. `npm run prove` fails where an entry is not
 * true, so the page is true wherever that passes. Markdown.
 */
export function proofPage(
  gallery: readonly WrongSubject[],
  catalogues: readonly Catalogue[],
  folders: readonly string[],
): string {
  const unseen = gallery.filter((mutant) => mutant.unseen);
  return [
    '# What each row is known to catch',
    '',
    `The kit has a gallery of ${counted(gallery.length, 'POS and API', 'POSs and APIs')} that are wrong in one way each. \`npm run prove\` runs the`,
    'rows that must notice, and fails when one of them does not, or when another check fails besides. A row without any',
    'fault here is not proved; that says nothing about a POS that passed it.',
    '',
    `This page is made from ${folders.map((one) => `\`${one}\``).join(' and ')} (\`npm run docs\`).`,
    '',
    ...catalogues.flatMap(({ title, rows }) => [
      `## ${title}`,
      '',
      '| row | caught | known faults | of the gallery |',
      '|---|---|---|---|',
      ...rows.map(({ id }) => {
        const known = gallery.filter(({ kills }) => kills.some(({ row }) => row === id));
        const caught = known.filter((mutant) => !mutant.unseen);
        return `| ${id} | ${caught.length} | ${known.length} | ${known.map((one) => `\`${one.id}\``).join(', ')} |`;
      }),
      '',
    ]),
    '## Faults that no check sees yet',
    '',
    ...(unseen.length
      ? unseen.map(({ id, wrong, unseen: why }) => `- \`${id}\`: ${wrong}. No check sees it because ${why}.`)
      : ['None.']),
    '',
  ].join('\n');
}
