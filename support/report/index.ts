export { renderAllureResults } from './allure/index.ts';
export type { ReportFile } from './file.ts';
export { type ListedRun, renderHtml, renderIndex } from './html/index.ts';
export { renderJson } from './json.ts';
export { renderMarkdownSummary } from './markdown.ts';
export { headline, type Obstacle, obstacles } from './standing.ts';
