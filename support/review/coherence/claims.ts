import type { Run } from '../../record/vocabulary.ts';
import type { Incoherence } from './codes.ts';
import type { Known } from './index.ts';
import { addressOf, sandboxHost } from './server.ts';

/** A run of which nothing says that it is practice must be able to qualify. */
export function claimsOf(run: Run, own: Pick<Known, 'contract' | 'served'>): Incoherence[] {
  if (run.why.length) return [];
  const { driver, display, clock, name } = run.pos;
  const { environment } = run;
  const address = addressOf(run.upstream);
  const against = [
    ...(address?.origin === `https://${sandboxHost}` ? [] : [`its upstream was ${run.upstream}`]),
    ...(run.subject === 'api' || driver === 'headless' ? ['no point of sale was driven'] : []),
    ...(run.realTime ? [] : ['it did not run in real time']),
    ...(display === 'reported' ? ['the POS reported its display itself'] : []),
    ...(clock === 'account' ? ['it moved the clock of the account'] : []),
    ...(/^reference pos$/i.test(name) ? ["the POS was the kit's own"] : []),
    ...(environment?.reach?.elsewhere === 'plain' ? ['the POS came over plain http'] : []),
    ...(environment?.unverifiedServers ? ['the certificates of servers were not verified'] : []),
    ...(environment?.extraAuthorities ? ["authorities besides Node's own were trusted"] : []),
    ...(run.contract.sha256 === own.contract ? [] : ["its contract is not the kit's own"]),
    ...((run.contract.served?.sha256 ?? null) === own.served
      ? []
      : ["the contract of what the POS serves is not the kit's own"]),
  ];
  if (!against.length) return [];
  return [
    {
      code: 'RECORD-CLAIMS-QUALIFYING',
      text: `The record gives no reason why the run is practice, but ${against.join(', and ')}.`,
    },
  ];
}
