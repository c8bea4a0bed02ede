import { type OpenApiDocument, operationsOf } from '../../fixtures/openapi/index.ts';
import type { Contract } from './contract.ts';

/** One place where two descriptions say different things. `undefined` where one says nothing. */
export interface Difference {
  /** `POST /terminal-sessions responses/404` or `TerminalSession properties/status`. */
  readonly where: string;
  readonly ours: unknown;
  readonly other: unknown;
}

/**
 * Compares two descriptions as they were read, errata left aside: every operation of either, with its
 * parameters, body and answers, and every schema that ours uses. Prose, examples and extensions do not count,
 * nor do operations that ours names as left out (`x-beyond`) and the other has.
 */
export function compareContracts(ours: Contract, other: Contract): Difference[] {
  const mine = ours.description.document;
  const theirs = other.description.document;
  const beyond = mine['x-beyond'] ?? [];
  const theirOperations = operations(theirs);
  const unknown = beyond.filter((name) => !(name in theirOperations) && !theirs['x-beyond']?.includes(name));
  for (const name of beyond) delete theirOperations[name];
  const used = schemasUsed(mine);
  return [
    ...differences(['version'], ours.version, other.version),
    ...unknown.map((where) => ({ where, ours: 'left out', other: undefined })),
    ...differences([], operations(mine), theirOperations),
    ...differences([], schemas(mine, used), schemas(theirs, used)),
  ];
}

type Named = Record<string, unknown>;

function operations(document: OpenApiDocument): Named {
  return Object.fromEntries(
    operationsOf(document).map((operation) => {
      const { method, path, operationId, parameters, requestBody, responses, security } = operation;
      return [
        `${method} ${path}`,
        {
          operationId,
          parameters: Object.fromEntries(
            parameters.map(({ in: where, name, required = false, schema }) => [
              `${where} ${name}`,
              bare({ required, schema }),
            ]),
          ),
          requestBody: requestBody && {
            required: requestBody.required ?? false,
            content: bare(requestBody.content),
          },
          responses: Object.fromEntries(
            Object.entries(responses).map(([status, { content }]) => [status, bare(content)]),
          ),
          security: bare(security),
        },
      ];
    }),
  );
}

function schemas(document: OpenApiDocument, names: ReadonlySet<string>): Named {
  const all = schemasOf(document);
  return Object.fromEntries([...names].map((name) => [name, bare(all[name])]));
}

const schemasOf = ({ components }: OpenApiDocument) => components?.schemas ?? {};

/** Names of the schemas that the operations of a description use, through any number of references. */
function schemasUsed(document: OpenApiDocument): Set<string> {
  const used = new Set<string>();
  const all = schemasOf(document);
  const visit = (value: unknown): void => {
    if (value === null || typeof value !== 'object') return;
    const name = '$ref' in value && String(value.$ref).replace('#/components/schemas/', '');
    if (name && !used.has(name)) {
      used.add(name);
      visit(all[name]);
    }
    Object.values(value).forEach(visit);
  };
  visit(operationsOf(document));
  return used;
}

const prose = ['title', 'description', 'summary', 'example', 'examples', 'externalDocs', 'deprecated'];

/** A schema (or content by media type) without what only annotates, and with what has no order put in one. */
function bare(value: unknown, names = false): unknown {
  if (Array.isArray(value)) return value.map((entry) => bare(entry));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(
        ([key, said]) =>
          names || !(prose.includes(key) || key.startsWith('x-') || (key === 'nullable' && said === false)),
      )
      .map(([key, said]) => {
        if (!names && (key === 'required' || key === 'enum') && Array.isArray(said))
          return [key, [...said].sort()];
        return [key, bare(said, key === 'properties' && !names)];
      })
      .sort(([a], [b]) => String(a).localeCompare(String(b))),
  );
}

/** `below` is the way to the two values, beginning with the name of the operation or schema that holds them. */
function differences(below: readonly string[], ours: unknown, other: unknown): Difference[] {
  if (isPlain(ours) && isPlain(other))
    return [...new Set([...Object.keys(ours), ...Object.keys(other)])].flatMap((name) =>
      differences([...below, name], ours[name], other[name]),
    );
  if (JSON.stringify(ours) === JSON.stringify(other)) return [];
  return [{ where: `${below[0]} ${below.slice(1).join('/')}`.trimEnd(), ours, other }];
}

const isPlain = (value: unknown): value is Named =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
