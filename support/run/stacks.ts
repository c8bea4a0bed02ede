/**
 * Errors are made without their stacks from now on, in this thread: Playwright makes one for each message to the browser,
 * in case it is needed, and the stacks are a quarter of what a message costs. Who looks for a defect (DOJO_DEBUG) has them.
 */
export function withoutStacks(): void {
  if (!process.env.DOJO_DEBUG) Error.stackTraceLimit = 0;
}
