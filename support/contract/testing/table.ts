import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Json } from '../../record/vocabulary.ts';
import { loadContract, type Violation } from '../index.ts';
import { exchangeOf, goodExchanges, type Short } from './good-exchanges.ts';

export const contract = loadContract();

export const violations = (short: Short) => contract.violations(exchangeOf(short));

export const good = (operationId: string): Short => goodExchanges[operationId] as Short;

export const without = (object: { readonly [name: string]: Json }, name: string): { [name: string]: Json } =>
  Object.fromEntries(Object.entries(object).filter(([key]) => key !== name));

/** What is reported of a violation in the tables below: `severity fault part pointer rule`. */
export const brief = ({ severity, fault, part, pointer, rule }: Violation) =>
  [severity, fault, part, pointer || '-', rule].join(' ');

export interface Case {
  readonly what: string;
  readonly short: Short;
  readonly found: string[];
}

export function table(title: string, cases: readonly Case[]): void {
  describe(title, () => {
    for (const { what, short, found } of cases)
      test(what, () => {
        assert.deepEqual(violations(short).map(brief), found);
      });
  });
}

export const sale = good('TerminalSession_Create');

export const create = good('PaymentIntents_CreatePaymentIntent');

export const body = create.request as { [name: string]: Json };

export const badRequest = { title: 'Not valid', status: 400, detail: 'no' };

export const terminalProblem = {
  type: 't',
  title: 't',
  status: 404,
  detail: 'd',
  traceId: 't-1',
  errors: {},
};

export const match = (details: Json): Short => ({ ...sale, request: { terminalId: 'tm_1', details } });
