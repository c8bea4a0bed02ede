import { arch, release, type } from 'node:os';
import { loadOpenApi } from '../../fixtures/openapi/index.ts';
import { servedAs } from '../contract/index.ts';
import { driverOf } from '../drivers/index.ts';
import { decisionsOf, type Profile } from '../profile/index.ts';
import { monotonic } from '../record/monotonic.ts';
import type { Run, ServerCertificate } from '../record/vocabulary.ts';
import { nameOfKit, shippedKits } from '../review/kits/known-kits.ts';
import { environmentOf, placeOf, profileRecord } from './environment.ts';
import { kit } from './kit.ts';
import type { Upstream } from './lane.ts';
import type { RunOptions } from './run.ts';
import { whyNotTheSandbox } from './sandbox.ts';
import { drawSeed } from './seed.ts';
import { isProductionKey } from './upstream.ts';

/** The record with which the stream of a run begins: what is to be judged, and by what. */
export function runRecord(
  {
    profile,
    upstream,
    rows,
    checklist,
    contract,
    fast,
    id,
    ownTill,
    wrong,
    amounts,
    shard,
    commandLine = [],
  }: RunOptions,
  at: Upstream,
  serverCertificate: ServerCertificate | null,
): Run {
  const { driver } = profile;
  const kind = driverOf(driver);
  const { subject } = kind;
  const own = kit();
  const selection = rows.map((row) => row.id);
  const shown =
    upstream.kind === 'embedded'
      ? 'embedded simulator'
      : at.kind === 'simulator'
        ? `simulator at ${at.url}`
        : at.url;
  const why = [
    ...(subject === 'api' ? ['the subject is the API, not a point of sale'] : []),
    ...(at.kind === 'simulator'
      ? ['the upstream is a simulator']
      : whyNotTheSandbox(at.url, isProductionKey(at.apiKey))),
    ...(fast
      ? [
          'a quick run (--fast) moves the clock: it cannot see a till that gives up or decides by itself after more than 6 seconds',
        ]
      : []),
    ...(kind.display(driver) === 'reported'
      ? ['the till reports its display itself; the kit does not see it']
      : []),
    ...(ownTill && subject === 'pos' ? ["the till is the kit's own reference POS"] : []),
    ...(profile.reach?.plainHttp ? ['the POS came over plain http from another address'] : []),
    ...(wrong ? ['the till or the upstream is wrong on purpose'] : []),
    ...kitDoubts(own),
    ...(contract.sha256 === loadOpenApi().sha256
      ? []
      : [`the contract ${placeOf(contract.source)} is not the kit's own`]),
  ];
  const served = servedAs(checklist.serves);
  const decisions = subject === 'pos' ? decisionsOf(profile) : [];
  const capabilities = [...new Set(checklist.rows.flatMap(({ capability }) => capability?.split('+') ?? []))];
  return {
    schema: 2,
    id,
    startedAt: new Date().toISOString(),
    monotonic: monotonic(),
    kit: own,
    node: process.versions.node,
    os: `${type()} ${release()} ${arch()}`,
    environment: environmentOf(commandLine, profile),
    profile: profileRecord(profile),
    ...ranBy(profile),
    amounts:
      amounts && 'challenge' in amounts
        ? { seeds: [amounts.challenge], challenge: amounts.challenge }
        : { seeds: [amounts?.seed ?? drawSeed()] },
    subject,
    checklist: { name: checklist.name, sha256: checklist.sha256 },
    selection,
    ...(shard ? { shard } : {}),
    criteria: Object.fromEntries(
      Object.entries(checklist.criteria).map(([name, { value }]) => [name, value]),
    ),
    contract: {
      version: contract.version,
      sha256: contract.sha256,
      source: placeOf(contract.source),
      ...(contract.notes.length ? { notes: contract.notes } : {}),
      ...(served ? { served } : {}),
    },
    upstream: shown,
    ...(serverCertificate ? { serverCertificate } : {}),
    realTime: subject === 'pos' && !fast,
    why,
    pos: {
      name: profile.name,
      version: profile.version,
      ...(profile.build ? { build: profile.build } : {}),
      apiVersion: profile.apiVersion,
      driver: driver.kind,
      display: kind.display(driver),
      clock: at.kind === 'simulator' ? kind.clock : 'real',
      journal: kind.journal(driver),
      capabilities: profile.capabilities,
      ...(profile.euros ? { euros: true } : {}),
      undeclared: capabilities.filter((name) => !profile.capabilities.includes(name)),
      vocabulary: profile.vocabulary,
      declared: profile.declared,
      ...(decisions.length ? { decisions } : {}),
    },
  };
}

/** What keeps a kit from being a released one, in full: page one says it. */
function kitDoubts(own: Run['kit']): string[] {
  const doubt = shippedKits().doubt(own);
  return doubt === null ? [] : [`the kit ${nameOfKit(own)} is not a released one: ${doubt}`];
}

/** Who answers for the run: as the environment says, else the profile. */
function ranBy({ ranBy: { name, contact } = {} }: Profile): Pick<Run, 'ranBy'> {
  const said = {
    name: process.env.DOJO_RAN_BY || name,
    contact: process.env.DOJO_RAN_BY_CONTACT || contact,
  };
  const given = Object.fromEntries(Object.entries(said).filter(([, value]) => value));
  return Object.keys(given).length ? { ranBy: given } : {};
}
