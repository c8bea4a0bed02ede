import type { CDPSession, Page } from 'playwright';
import { devtoolsOf } from './devtools.ts';

interface Node {
  readonly backendNodeId: number;
  readonly shadowRootType?: string;
  readonly children?: readonly Node[];
  readonly shadowRoots?: readonly Node[];
  readonly contentDocument?: Node;
}

const closedIn = (node: Node): number[] => [
  ...(node.shadowRootType === 'closed' ? [node.backendNodeId] : []),
  ...[...(node.children ?? []), ...(node.shadowRoots ?? [])].flatMap(closedIn),
  ...(node.contentDocument ? closedIn(node.contentDocument) : []),
];

/**
 * Opens the shadow roots that a document itself declares to be closed (`<template shadowrootmode="closed">`), which no
 * script of the page has made: to a person they are as plain as others. Each world of scripts (the page's own, and
 * Playwright's) is handed them by itself. `contexts` are these worlds.
 */
export async function openDeclared(page: Page, contexts: Iterable<number>): Promise<void> {
  const devtools = await devtoolsOf(page);
  const { root } = await devtools.send('DOM.getDocument', { depth: -1, pierce: true });
  // Or each change of the page would be reported to the kit once more.
  await devtools.send('DOM.disable');
  const closed = closedIn(root);
  for (const executionContextId of closed.length ? contexts : [])
    for (const backendNodeId of closed) await openIn(devtools, backendNodeId, executionContextId);
}

/** A root of another frame cannot be handed to this world. */
async function openIn(
  devtools: CDPSession,
  backendNodeId: number,
  executionContextId: number,
): Promise<void> {
  const known = await devtools
    .send('DOM.resolveNode', { backendNodeId, executionContextId })
    .catch(() => null);
  const objectId = known?.object.objectId;
  if (!objectId) return;
  await devtools.send('Runtime.callFunctionOn', { objectId, functionDeclaration: `${open}` }).catch(() => {});
  devtools.send('Runtime.releaseObject', { objectId }).catch(() => {});
}

/** Runs in the page, on the root. */
function open(this: ShadowRoot): void {
  Object.defineProperty(this.host, 'shadowRoot', { value: this, configurable: true });
  (window as Window & { __tellAgain?: () => void }).__tellAgain?.();
}
