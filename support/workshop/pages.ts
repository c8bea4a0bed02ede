import { checklists, loadCatalogue } from '../checklist/index.ts';
import { galleries, wrongSubjects } from '../checklists/galleries.ts';
import { protocolSchema } from '../drivers/protocol.ts';
import { profileSchema } from '../profile/schema.ts';
import { endpointPage } from './endpoint-page.ts';
import { errorsPage } from './errors-page.ts';
import { withTables } from './made-tables.ts';
import { proofPage } from './prove/proof-page.ts';
import { rowsPages } from './rows-page.ts';

const jsonOf = (schema: object): string => `${JSON.stringify(schema, null, 2)}\n`;

/** Every page and every schema that `npm run docs` makes, by its path. */
export const pages = (): { path: string; text: string }[] => [
  ...rowsPages(),
  { path: 'support/drivers/protocol.schema.json', text: jsonOf(protocolSchema()) },
  { path: 'support/profile/profile.schema.json', text: jsonOf(profileSchema()) },
  withTables('docs/profile.md'),
  withTables('docs/driver.md'),
  { path: 'docs/errors.md', text: errorsPage() },
  { path: 'docs/driver.openapi.yaml', text: endpointPage() },
  {
    path: 'docs/proof.md',
    text: proofPage(
      wrongSubjects,
      checklists.map((name) => loadCatalogue(name)),
      galleries.map(({ folder }) => folder),
    ),
  },
];
