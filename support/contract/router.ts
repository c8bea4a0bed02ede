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
  const paths = matcher(described);
  const beyond = matcher(
    (document['x-beyond'] ?? []).map((line) => {
      const [method = '', path = ''] = line.split(' ');
      return { method, path };
    }),
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

function matcher<T extends { readonly method: string; readonly path: string }>(operations: readonly T[]) {
  const templates = [...Map.groupBy(operations, ({ path }) => path)]
    .map(([path, here]) => ({ here, parts: path.split('/').slice(1) }))
    .sort((a, b) => paramsIn(a.parts).localeCompare(paramsIn(b.parts)));

  return (method: string, target: string): Route<T> | undefined => {
    const parts = segments(target);
    const template = templates.find((candidate) => fits(candidate.parts, parts));
    const to = template?.here.find((operation) => operation.method === method.toUpperCase());
    if (!template || !to) return undefined;
    const pathParams: Record<string, string> = {};
    template.parts.forEach((part, i) => {
      if (isParam(part)) pathParams[part.slice(1, -1)] = decode(parts[i] ?? '');
    });
    return { to, pathParams };
  };
}

const isParam = (part: string) => part.startsWith('{') && part.endsWith('}');

const fits = (template: readonly string[], parts: readonly string[]) =>
  template.length === parts.length &&
  template.every((part, i) => (isParam(part) ? parts[i] !== '' : part === parts[i]));

/** Where a template has its parameters: `01` for one in the second place. Literal paths sort before the others. */
const paramsIn = (template: readonly string[]) => template.map((part) => Number(isParam(part))).join('');

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
