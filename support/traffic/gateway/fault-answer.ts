import { STATUS_CODES } from 'node:http';
import type { Effect, Fault } from './faults.ts';
import { valuesOf } from './head.ts';

/** True of a fault that keeps a request from the upstream. */
export function staysHere(fault: Fault | null): boolean {
  return fault?.effect.kind === 'answer' || fault?.effect.kind === 'drop-before';
}

/** The answer of a fault, as the upstream would send it. */
export function answer(effect: Extract<Effect, { kind: 'answer' }>, method: string): Buffer {
  const { status, headers = [], body = '' } = effect;
  const content = Buffer.from(body);
  const bodiless = status === 204 || status === 304;
  const sized = bodiless || valuesOf(headers, 'content-length').length > 0;
  const lines = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`,
    ...headers.map(([name, value]) => `${name}: ${value}`),
    ...(sized ? [] : [`Content-Length: ${content.length}`]),
  ];
  const head = Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1');
  return bodiless || method === 'HEAD' ? head : Buffer.concat([head, content]);
}
