export { renderHtml, renderHtmlBeside, styleFile } from './certification.ts';
export { evidenceFolder } from './pictures.ts';
export { type ListedRun, renderIndex } from './runs.ts';
export type { Besides } from './view.ts';
