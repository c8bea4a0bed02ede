/** The gateway as a run has it: it records, redacts, chains and writes each exchange, and holds it against the contract. */
import { once } from 'node:events';
import { loadContract } from '../../contract/index.ts';
import { StreamFile } from '../../record/disk/stream-file.ts';
import { createRedaction, startGateway } from '../../traffic/gateway/index.ts';

/** What it is started with. */
export interface GatewayTask {
  readonly upstream: string;
  /** Where the stream is written. */
  readonly folder: string;
}

/** What it has done since it was last asked. */
export interface Tally {
  readonly exchanges: number;
  readonly violations: number;
}

process.on('disconnect', () => process.exit());
const [{ upstream, folder }] = (await once(process, 'message')) as [GatewayTask];
const { violations } = loadContract();
const stream = new StreamFile(folder, () => {});
let tally = { exchanges: 0, violations: 0 };
const gateway = await startGateway({
  upstream,
  redaction: createRedaction(),
  onExchange: (exchange) => {
    const body = JSON.stringify({ kind: 'exchange', exchange });
    stream.write({
      attachment: { body, mediaType: 'application/json', contentEncoding: 'IDENTITY' },
    } as never);
    tally.exchanges += 1;
    tally.violations += violations(exchange).length;
  },
});
process.on('message', () => {
  process.send!(tally satisfies Tally);
  tally = { exchanges: 0, violations: 0 };
});
process.send!({ url: gateway.url });
