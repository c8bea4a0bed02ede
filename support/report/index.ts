export { renderAllureResults } from './allure/index.ts';
export { Pieces, type ReportFile } from './file.ts';
export { type ListedRun, renderHtml, renderIndex } from './html/index.ts';
export { renderJson } from './json.ts';
export { type Cite, gist, marked, plain, renderMarkdownSummary, rowsTable, short } from './markdown.ts';
export { html, type Markup, printed } from './markup.ts';
export { headline, type Obstacle, obstacles } from './standing.ts';
export { utc } from './time.ts';
