/** A file of a report. Whoever asked for it writes it; `name` is a relative path with forward slashes. */
export interface ReportFile {
  readonly name: string;
  readonly content: string | Uint8Array;
}
