export { renderHtml } from './certification.ts';
export { type ListedRun, renderIndex } from './runs.ts';
