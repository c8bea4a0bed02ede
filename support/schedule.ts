/**
 * Rows that really wait, of the run that is about to start. The command line tool fills it, and the runner's
 * coordinator, which lives in the same thread, takes those rows first.
 */
export const waitingRows = new Set<string>();

/** Tells every worker of a run to start no further row. */
export const stopChannel = 'dojo-conformance-stop';
