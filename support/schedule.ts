/**
 * Rows that really wait, of the run that is about to start. The command line tool fills it, and the runner's
 * coordinator, which lives in the same thread, takes those rows first.
 */
export const waitingRows = new Set<string>();

/**
 * The ends of the TIDs at which each row is served, where all rows share the card machines of one account; filled
 * as above. Two rows with one in common never run at the same time.
 */
export const machinesOfRows = new Map<string, readonly string[]>();

/** Tells every worker of a run to start no further row. */
export const stopChannel = 'dojo-conformance-stop';
