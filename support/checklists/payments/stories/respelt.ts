import type { Json } from '../../../record/vocabulary.ts';
import type { Observed } from './case.ts';

/** The same story of a till that writes the names of all members in PascalCase, as the API takes them too. */
export const respelt = (story: Observed): Observed => ({
  ...story,
  observations: story.observations.map((one) => {
    const body =
      one.kind === 'exchange' && one.exchange.channel === 'http' && one.exchange.from === 'subject'
        ? one.exchange.request.body
        : null;
    return one.kind === 'exchange' && body && 'json' in body
      ? {
          ...one,
          exchange: {
            ...one.exchange,
            request: { ...one.exchange.request, body: { json: inPascalCase(body.json) } },
          },
        }
      : one;
  }),
});

function inPascalCase(json: Json): Json {
  if (json === null || typeof json !== 'object') return json;
  if (Array.isArray(json)) return json.map(inPascalCase);
  return Object.fromEntries(
    Object.entries(json).map(([name, member]) => [
      name.charAt(0).toUpperCase() + name.slice(1),
      inPascalCase(member),
    ]),
  );
}
