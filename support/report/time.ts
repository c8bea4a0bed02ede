/** An ISO 8601 time as people read it, in UTC to the second: `2026-11-21 10:12:03 UTC`. */
export function utc(iso: string | null): string {
  if (iso === null) return 'not finished';
  const time = new Date(iso);
  if (Number.isNaN(time.getTime())) return iso;
  return `${time.toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}

/** Milliseconds as people read them: `340 ms`, `8.7 s`, `1 min 25 s`. */
export function lasting(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`;
  if (ms < 59_950) return `${(ms / 1000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1000);
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

/** A moment on an axis, in seconds: `+8.70 s`. */
export const moment = (ms: number): string => `${ms < 0 ? '−' : '+'}${(Math.abs(ms) / 1000).toFixed(2)} s`;
