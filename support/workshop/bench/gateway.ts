import { type ChildProcess, fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { createHistogram, performance } from 'node:perf_hooks';
import { Client, request } from 'undici';
import { startSimulator } from '../../../fixtures/simulator/index.ts';
import { simulatedAccount } from '../../actors/card-machine/index.ts';
import { temporaryFolder } from '../../record/disk/temporary.ts';
import type { GatewayTask, Tally } from './gateway-process.ts';
import { repairedDescription } from './repaired.ts';
import type { Autocannon, Tools } from './tools.ts';
import type { Canned } from './upstream-process.ts';

/** What the gateway carries, beside Prism's validating proxy on the same route and payload. */
export interface GatewayFigures {
  readonly requestsPerSecond: number;
  readonly prismRequestsPerSecond: number;
  readonly ratio: number;
  /** What a request takes longer through the gateway than without it, ms. */
  readonly addedLatencyMs: { readonly p50: number; readonly p99: number };
}

/** Each is loaded so many times, in turn: a machine that becomes slower in between does so for both. */
const load = { connections: 16, seconds: 2, warmUp: 2, rounds: 5 };

/** Requests one after another, for the latency. */
const inTurn = 2000;

/** One request of a till and the answer to it, as the simulator gives it. */
interface Sample {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly answer: Canned;
}

/**
 * Puts the same load on the gateway and on Prism, each before the same upstream. Throws an `Error` when one of them
 * did not carry or did not validate what it was given: its figure would say nothing.
 */
export async function measureGateway({ prism, autocannon }: Tools): Promise<GatewayFigures> {
  const sample = await sampled();
  const folder = temporaryFolder('bench');
  const children: ChildProcess[] = [];
  const started = (child: ChildProcess): ChildProcess => {
    children.push(child);
    return child;
  };
  try {
    const upstream = await served(started(forked('./upstream-process.ts')), sample.answer);
    const process = started(forked('./gateway-process.ts'));
    const gateway = await served(process, { upstream, folder } satisfies GatewayTask);
    const description = join(folder, 'description.json');
    await writeFile(description, repairedDescription());
    const other = await servedByPrism(prism, [description, upstream], started);
    await mustValidate(other, sample);
    const rounds = await carried(autocannon, [gateway, other], sample);
    process.send({});
    const [tally] = (await once(process, 'message')) as [Tally];
    const least = rounds.reduce((sum, [ofGateway]) => sum + ofGateway * load.seconds, 0);
    if (tally.exchanges < least || tally.violations > 0)
      throw new Error(
        `Expected the gateway to record at least ${Math.round(least)} exchanges and to find nothing wrong with them, but it recorded ${tally.exchanges} and found ${tally.violations} violations`,
      );
    const [p50, p99] = await addedLatency(upstream, gateway, sample);
    return {
      requestsPerSecond: Math.round(median(rounds.map(([ofGateway]) => ofGateway))),
      prismRequestsPerSecond: Math.round(median(rounds.map(([, ofPrism]) => ofPrism))),
      ratio: median(rounds.map(([ofGateway, ofPrism]) => ofGateway / ofPrism)),
      addedLatencyMs: { p50, p99 },
    };
  } finally {
    for (const child of children) child.kill();
    await rm(folder, { recursive: true, force: true });
  }
}

/** A payment intent is created: a request with a body, which both sides hold against a schema of some size. */
async function sampled(): Promise<Sample> {
  const simulator = await startSimulator();
  try {
    const account = await simulatedAccount(simulator.adminUrl, 'running');
    const headers = {
      authorization: `Basic ${account.apiKey}`,
      version: '2026-02-27',
      'software-house-id': account.softwareHouseId,
      'reseller-id': account.resellerId,
      'content-type': 'application/json',
      accept: 'application/json',
    };
    const path = '/payment-intents';
    const body = JSON.stringify({
      amount: { value: 1000, currencyCode: 'GBP' },
      reference: 'Table 7',
      captureMode: 'Auto',
      itemLines: [
        { id: 'line-1', name: 'Lunch', quantity: 2, amountTotal: { value: 1000, currencyCode: 'GBP' } },
      ],
    });
    const answer = await request(simulator.url + path, { method: 'POST', headers, body });
    const text = await answer.body.text();
    if (answer.statusCode !== 200) throw new Error(`The simulator refused the sample: ${text}`);
    const type = String(answer.headers['content-type']);
    return { path, headers, body, answer: { status: 200, headers: { 'content-type': type }, body: text } };
  } finally {
    await simulator.close();
  }
}

const forked = (program: string): ChildProcess => fork(new URL(program, import.meta.url));

/** Hands a process its task and waits for the URL that it then serves. */
async function served(child: ChildProcess, task: Canned | GatewayTask): Promise<string> {
  child.send(task);
  const ended = once(child, 'exit').then(([code]) => {
    throw new Error(`A process of the benchmark ended with ${code}`);
  });
  const [{ url }] = (await Promise.race([once(child, 'message'), ended])) as [{ url: string }];
  ended.catch(() => {});
  return url;
}

async function servedByPrism(
  prism: string,
  subject: readonly string[],
  started: (child: ChildProcess) => ChildProcess,
): Promise<string> {
  const port = await freePort();
  const options = ['--port', String(port), '--errors', '--verboseLevel', 'info'];
  const child = started(
    spawn(process.execPath, [prism, 'proxy', ...subject, ...options], {
      stdio: ['ignore', 'pipe', 'inherit'],
    }),
  );
  const ended = once(child, 'exit').then(([code]) => {
    throw new Error(`Prism ended with ${code}`);
  });
  const listening = new Promise<void>((resolve) =>
    child.stdout!.on('data', (chunk) => {
      if (/is listening/.test(String(chunk))) resolve();
    }),
  );
  await Promise.race([listening, ended]);
  ended.catch(() => {});
  return `http://127.0.0.1:${port}`;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
}

/** A proxy that lets a wrong request pass does not do what it is compared for. */
async function mustValidate(url: string, { path, headers, body }: Sample): Promise<void> {
  const right = await request(url + path, { method: 'POST', headers, body });
  const said = await right.body.text();
  if (right.statusCode !== 200) throw new Error(`Prism refuses what is right: ${said}`);
  const wrong = await request(url + path, { method: 'POST', headers, body: '{"amount":"ten"}' });
  await wrong.body.dump();
  if (wrong.statusCode < 400) throw new Error('Prism lets pass what is wrong: it does not validate');
}

/** Requests a second that each of two carries, round by round, once they are warm. */
async function carried(
  autocannon: Autocannon,
  [one, other]: readonly [string, string],
  { path, headers, body }: Sample,
): Promise<[number, number][]> {
  const loaded = async (url: string, duration: number): Promise<number> => {
    const { connections } = load;
    const options = { url: url + path, method: 'POST', headers, body, connections, duration };
    const { requests, non2xx, errors } = await autocannon(options);
    if (non2xx || errors)
      throw new Error(`${url} refused ${non2xx} and dropped ${errors} of ${requests.total} requests`);
    return requests.average;
  };
  for (const url of [one, other]) await loaded(url, load.warmUp);
  const rounds: [number, number][] = [];
  while (rounds.length < load.rounds)
    rounds.push([await loaded(one, load.seconds), await loaded(other, load.seconds)]);
  return rounds;
}

const median = (figures: readonly number[]): number =>
  figures.toSorted((one, other) => one - other)[Math.floor(figures.length / 2)]!;

/** Median and 99th percentile of what the gateway adds, ms; asked in turn with and without it. */
async function addedLatency(upstream: string, gateway: string, sample: Sample): Promise<[number, number]> {
  const { path, headers, body } = sample;
  const ways = [upstream, gateway].map((url) => ({ client: new Client(url), times: createHistogram() }));
  for (let turn = -inTurn / 10; turn < inTurn; turn++) {
    for (const { client, times } of ways) {
      const before = performance.now();
      const answer = await client.request({ method: 'POST', path, headers, body });
      await answer.body.dump();
      if (turn >= 0) times.record(Math.max(1, Math.round((performance.now() - before) * 1e6)));
    }
  }
  const [direct, through] = ways as [(typeof ways)[0], (typeof ways)[0]];
  const added = (share: number) => (through.times.percentile(share) - direct.times.percentile(share)) / 1e6;
  await Promise.all(ways.map(({ client }) => client.close()));
  return [added(50), added(99)];
}
