const safe = (text: string): string => text.replace(/[^\w.-]/g, '_');

/** Names of places in the document, for links. */
export const anchors = {
  row: (row: string): string => safe(row),
  exchange: (row: string, exchange: string): string => safe(`${row}.${exchange}`),
  screenshot: (row: string, name: string): string => safe(`${row}.shot.${name}`),
  attempt: (row: string, which: number): string => safe(`${row}.attempt${which + 1}`),
  timeline: (row: string, session: string): string => safe(`${row}.timeline.${session}`),
};
