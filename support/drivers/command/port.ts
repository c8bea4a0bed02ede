import { once } from 'node:events';
import { createServer } from 'node:net';
import { loopbackAddress } from '../../record/loopback.ts';

/** A port of this machine's loopback interface on which nobody listens. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await once(server.listen(0, loopbackAddress()), 'listening');
  const address = server.address();
  server.close();
  if (typeof address !== 'object' || !address) throw new Error('The system gave no port');
  return address.port;
}
