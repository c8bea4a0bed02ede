export { Badge, OutcomeMark } from './badge.ts';
export { renderHtml, renderHtmlBeside, styleFile } from './certification.ts';
export { page } from './document.ts';
export { evidenceFolder } from './pictures.ts';
export { type ListedRun, renderIndex } from './runs.ts';
export type { Besides } from './view.ts';
