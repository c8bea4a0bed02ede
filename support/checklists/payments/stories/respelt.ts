import type { Json } from '../../../record/vocabulary.ts';
import { Story } from './story.ts';

/** The same story of a till that writes the names of all members in PascalCase, as the API takes them too. */
export function respelt(story: Story): Story {
  const other = new Story();
  for (const one of story.observations) {
    const body = one.kind === 'exchange' ? one.exchange.request.body : null;
    other.observations.push(
      one.kind === 'exchange' && body && 'json' in body
        ? {
            ...one,
            exchange: {
              ...one.exchange,
              request: { ...one.exchange.request, body: { json: inPascalCase(body.json) } },
            },
          }
        : one,
    );
  }
  for (const [id, violations] of story.violations) other.violations.set(id, violations);
  for (const id of story.provoked) other.provoked.add(id);
  return other;
}

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
