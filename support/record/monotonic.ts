/**
 * Now, in milliseconds on the machine's monotonic clock. Unlike `performance.now()` it has one origin
 * for all threads and processes of a machine, so times taken by several workers can be put in order.
 */
export function monotonic(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}
