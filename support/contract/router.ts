import { type OpenApiDocument, type Operation, operationsOf } from '../../fixtures/openapi/index.ts';

/** What a request was addressed to. */
export interface Route<T> {
  readonly to: T;
  readonly pathParams: { readonly [name: string]: string };
}

export interface Router {
  /** The operation of a request, or `undefined`. A trailing slash and the query do not matter. */
  route(method: string, target: string): Route<Operation> | undefined;
  /** True for an operation that the API has and the description leaves out on purpose (`x-beyond`). */
  isBeyond(method: string, target: string): boolean;
  /** The methods that the path of a target takes. */
  methodsAt(target: string): string[];
  /** The operation that a mistaken request most likely meant, as `METHOD /path`. */
  nearest(method: string, target: string): string | undefined;
}

/** A router over the paths of a description. Literal paths come before those with a parameter in their place. */
export function router(document: OpenApiDocument): Router {
  const described = operationsOf(document);
  const bases = basesOf(document);
  const paths = matcher(described, bases);
  const beyond = matcher(
    (document['x-beyond'] ?? []).map((line) => {
      const [method = '', path = ''] = line.split(' ');
      return { method, path };
    }),
    bases,
  );
  return {
    route: (method, target) => paths(method, target),
    isBeyond: (method, target) => beyond(method, target) !== undefined,
    methodsAt: (target) =>
      ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'].filter((method) => paths(method, target) !== undefined),
    nearest: (method, target) => {
      const words = new Set(segments(target));
      const shared = ({ path }: Operation) => segments(path).filter((segment) => words.has(segment)).length;
      const likeness = (operation: Operation) =>
        shared(operation) * 2 + (operation.method === method ? 1 : 0);
      const [best] = described
        .filter((operation) => shared(operation) > 0)
        .sort((a, b) => likeness(b) - likeness(a));
      return best && `${best.method} ${best.path}`;
    },
  };
}

/** The segments of a target's path, without its query and without a trailing slash. */
function segments(target: string): string[] {
  const path = target.replace(/[?#].*/s, '').replace(/\/$/, '');
  return path.split('/').slice(1);
}

/** The segments of the paths that the servers of a description have, besides none. */
function basesOf({ servers }: OpenApiDocument): string[][] {
  const urls = (Array.isArray(servers) ? servers : []).map((server) => String(server?.url ?? ''));
  const paths = urls.map((url) => segments(url.replace(/^([a-z][\w+.-]*:)?\/\/[^/]*/i, '')));
  return [[], ...paths.filter((base) => base.length > 0 && !base.some((part) => part.includes('{')))];
}

function matcher<T extends { readonly method: string; readonly path: string }>(
  operations: readonly T[],
  bases: readonly string[][],
) {
  const templates = [...Map.groupBy(operations, ({ path }) => path)]
    .map(([path, here]) => ({ here, parts: segments(path).map(templateOf) }))
    .sort((a, b) => kindsIn(a.parts).localeCompare(kindsIn(b.parts)));

  return (method: string, target: string): Route<T> | undefined => {
    const sent = segments(target).map(decode);
    for (const base of bases) {
      if (!base.every((part, i) => sent[i] === part)) continue;
      const parts = sent.slice(base.length);
      const template = templates.find(
        (candidate) =>
          candidate.parts.length === parts.length &&
          candidate.parts.every(({ pattern }, i) => pattern.test(parts[i] ?? '')),
      );
      const to = template?.here.find((operation) => operation.method === method.toUpperCase());
      if (!template || !to) continue;
      const pathParams = template.parts.flatMap(({ names, pattern }, i) => {
        const [, ...values] = pattern.exec(parts[i] ?? '') ?? [];
        return names.map((name, n) => [name, values[n] ?? ''] as const);
      });
      return { to, pathParams: Object.fromEntries(pathParams) };
    }
    return undefined;
  };
}

/** One segment of a template: a word, a parameter, or words with parameters between them (`{id}.{format}`). */
interface Segment {
  readonly names: readonly string[];
  readonly pattern: RegExp;
  /** 0 for a word, 1 for a mixture, 2 for a parameter alone. */
  readonly kind: number;
}

function templateOf(segment: string): Segment {
  const pieces = segment.split(/\{([^{}]*)\}/);
  const names = pieces.filter((_, i) => i % 2 === 1);
  const words = pieces
    .filter((_, i) => i % 2 === 0)
    .map((word) => decode(word).replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'));
  const kind = names.length === 0 ? 0 : words.some((word) => word !== '') ? 1 : 2;
  return { names, kind, pattern: new RegExp(`^${words.join('(.+?)')}$`, 's') };
}

/** What a template has in which place: literal paths sort before the others. */
const kindsIn = (template: readonly Segment[]) => template.map(({ kind }) => kind).join('');

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
