import { mutants } from '../../fixtures/pay-at-counter/mutants/index.ts';
import { checklists, loadCatalogue } from '../checklist/index.ts';
import { endpointPage } from './endpoint-page.ts';
import { errorsPage } from './errors-page.ts';
import { proofPage } from './prove/proof-page.ts';
import { rowsPages } from './rows-page.ts';

/** Every page that `npm run docs` makes. Paths are below `docs`. */
export const pages = (): { path: string; text: string }[] => [
  ...rowsPages(),
  { path: 'errors.md', text: errorsPage() },
  { path: 'driver.openapi.yaml', text: endpointPage() },
  {
    path: 'proof.md',
    text: proofPage(
      mutants,
      checklists.map((name) => loadCatalogue(name)),
    ),
  },
];
