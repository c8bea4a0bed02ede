export { renderAllureResults } from './allure/index.ts';
export type { Decided, DecidedRow } from './decided.ts';
export { Pieces, type ReportFile } from './file.ts';
export {
  Badge,
  type Besides,
  evidenceFolder,
  type ListedRun,
  OutcomeMark,
  page,
  renderHtml,
  renderHtmlBeside,
  renderIndex,
  styleFile,
} from './html/index.ts';
export { renderJson } from './json.ts';
export { type Cite, gist, marked, plain, renderMarkdownSummary, rowsTable, short } from './markdown.ts';
export { html, type Markup, printed } from './markup.ts';
export { headline, type Obstacle, obstacles } from './standing.ts';
export { utc } from './time.ts';
