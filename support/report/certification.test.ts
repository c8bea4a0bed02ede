import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import '../checklists/index.ts';
import { loadChecklist } from '../checklist/index.ts';
import { certify } from '../judging/index.ts';
import type { Exchange } from '../record/vocabulary.ts';
import schema from './certification.schema.json' with { type: 'json' };
import { type Pieces, renderHtml, renderJson } from './index.ts';
import { sample } from './sample.ts';

const ajv = new Ajv2020({ strict: true, strictRequired: false, strictTypes: false, allErrors: true });
addFormats.default(ajv);
const valid = ajv.compile(schema);

const parsed = (content: Pieces): unknown => JSON.parse(content.toString());

function assertValid(document: unknown): void {
  assert.ok(valid(document), JSON.stringify(valid.errors, null, 2));
}

test('certification.json keeps to its schema', () => {
  assertValid(parsed(renderJson(sample().certificate).content));
});

test('certification.json is laid out as any JSON, with rows and without', () => {
  const { certificate } = sample();
  for (const one of [certificate, { ...certificate, rows: [], rules: [] }])
    assert.equal(renderJson(one).content.toString(), `${JSON.stringify(one, null, 2)}\n`);
});

test('what the contract leaves open stands in it, and on page one', () => {
  const { certificate, recording } = sample();
  const { run } = certificate;
  const open = {
    ...certificate,
    run: {
      ...run,
      contract: { ...run.contract, notes: ['The rules are not applied to `GET /a`.'] },
      unjudged: [{ what: 'text/csv in the request of POST /a', bodies: 2 }],
    },
  };
  assertValid(parsed(renderJson(open).content));
  const page = renderHtml(open, recording).content.toString();
  assert.match(page, /The rules are not applied to `GET \/a`\./);
  assert.match(page, /Not judged: 2 bodies of text\/csv in the request of POST \/a\./);
  assert.doesNotMatch(renderHtml(certificate, recording).content.toString(), /What the contract leaves open/);
});

test('merged shards keep to it too, with a stream each', () => {
  const { certificate } = sample();
  const { stream } = certificate.run;
  assertValid({ ...certificate, run: { ...certificate.run, stream: [stream, stream] } });
});

test('what the kit certifies keeps to the schema, practice or not, finished or not', () => {
  const checklist = loadChecklist();
  const { recording } = sample();
  const known = new Set(checklist.rows.map(({ id }) => id));
  const selection = recording.run.selection.filter((id) => known.has(id));
  assert.ok(selection.length > 3);
  for (const why of [[], ['a reason']]) {
    const run = { ...recording.run, selection, why };
    for (const finishedAt of [recording.finishedAt, null]) {
      const basis = { recording: { ...recording, run, finishedAt }, checklist, violations: () => [] };
      assertValid(parsed(renderJson(certify(basis)).content));
      const unjudged = ({ from }: Exchange) => (from === 'subject' ? ['text/csv'] : []);
      const counted = certify({ ...basis, unjudged });
      assertValid(parsed(renderJson(counted).content));
      assert.equal(counted.run.unjudged?.length, 1);
      assert.ok((counted.run.unjudged?.[0]?.bodies ?? 0) > 3);
    }
  }
});

test('the schema refuses a certificate that contradicts itself or lacks something', () => {
  const { certificate } = sample();
  const { run, rows } = certificate;
  const { evidence: _, ...unfounded } = rows[0]!.findings[0]!;
  const broken = {
    'an unknown verdict': { ...certificate, rows: [{ ...rows[0], verdict: 'skipped' }] },
    'a finding without evidence': { ...certificate, rows: [{ ...rows[0], findings: [unfounded] }] },
    'a practice run without a reason': { ...certificate, run: { ...run, why: [] } },
    'a partial run that leaves nothing out': { ...certificate, run: { ...run, notSelected: [] } },
    'a run without its stream': { ...certificate, run: { ...run, stream: undefined } },
    'a stream without its head': { ...certificate, run: { ...run, stream: { envelopes: 3, head: '' } } },
    'a contract without its digest': {
      ...certificate,
      run: { ...run, contract: { ...run.contract, sha256: '' } },
    },
    'a member that nobody knows': { ...certificate, certified: true },
  };
  for (const [name, document] of Object.entries(broken)) assert.equal(valid(document), false, name);
});
