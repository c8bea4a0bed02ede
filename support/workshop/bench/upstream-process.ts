/** A server that gives one recorded answer to whatever it is asked, so that it is never what a proxy waits for. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** The answer that is given. */
export interface Canned {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

process.on('disconnect', () => process.exit());
const [canned] = (await once(process, 'message')) as [Canned];
const server = createServer((request, response) => {
  request.resume().on('end', () => response.writeHead(canned.status, canned.headers).end(canned.body));
});
server.listen(0, '127.0.0.1', () => {
  process.send!({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });
});
