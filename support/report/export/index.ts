export { csvOf, renderCsv } from './csv.ts';
export { renderCurl, renderHar } from './exchanges.ts';
export { renderJunit } from './junit.ts';
export { renderRowMarkdown } from './markdown.ts';
