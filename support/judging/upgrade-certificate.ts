import type { Certificate } from './certificate.ts';

type Old = { readonly [name: string]: unknown };

const membersOf = (value: unknown): Old =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Old) : {};

/**
 * A stored certificate as this version of the kit reads it, whichever version wrote it. It is not looked at whether it
 * is a whole one; what is no certificate stays as it is.
 */
export function upgradedCertificate(found: unknown): Certificate {
  const worded = JSON.stringify(found)?.includes('"told"') ? withReported(found) : found;
  if (membersOf(worded).schema !== 1) return worded as Certificate;
  const { schema: _, pos, run, rows, ...others } = membersOf(worded);
  const { subject, node, browser, ...ofRun } = membersOf(run);
  const { decisions, ...ofSubject } = membersOf(pos);
  return {
    schema: 2,
    ...others,
    subject: {
      kind: subject,
      build: null,
      ...ofSubject,
      ...(decisions === undefined ? {} : { settled: decisions }),
    },
    run: ofRun,
    ranBy: { name: null, contact: null },
    ranOn: { os: null, node, browser: browser ?? null },
    attestations: [],
    decisions: [],
    waivers: [],
    // Schema 1 said of each row how many of the kit's own known faults it catches.
    rows: Array.isArray(rows) ? rows.map(withoutProof) : rows,
  } as unknown as Certificate;
}

function withoutProof(row: unknown): unknown {
  const { proof: _, ...rest } = membersOf(row);
  return rest;
}

/** The first kits said "told" of what a POS reports of itself: of its display, and of each finding that rests on that. */
function withReported(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withReported);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => {
      if (name === 'told' && typeof member === 'boolean') return ['reported', member];
      return [name, name === 'display' && member === 'told' ? 'reported' : withReported(member)];
    }),
  );
}
