import { stringify } from 'yaml';
import { protocolSchema } from '../drivers/protocol.ts';

const secured = {
  401: { description: 'The secret is not that of this build' },
};

const json = (schema: object) => ({ 'application/json': { schema } });

/**
 * The test endpoint of a POS as an OpenAPI description, in YAML: a path for each call of the driver protocol, with its
 * messages by the protocol's own schema.
 */
export function endpointPage(): string {
  const { request, reply, ...schemas } = protocolSchema().definitions;
  const replies = (member: string) => ({
    type: reply.type,
    oneOf: reply.oneOf.filter(({ required }) => required.includes(member) && !required.includes('event')),
  });
  const [event] = reply.oneOf.filter(({ required }) => required.includes('event'));
  const calls = request.oneOf.flatMap(({ description, ...message }) => {
    const call = message.properties.call.const;
    // A POS goes on when the kit is done with it.
    if (call === 'close') return [];
    const member = call === 'hello' || call === 'display' ? call : 'answer';
    const operation = {
      operationId: call,
      summary: description,
      requestBody: {
        required: true,
        content: json({
          type: 'object',
          ...message,
          required: [...request.required, ...('required' in message ? message.required : [])],
          // A later version of the kit may send more.
          additionalProperties: true,
        }),
      },
      responses: { 200: { description: 'The reply', content: json(replies(member)) }, ...secured },
    };
    return [[`/${call}`, { post: operation }]];
  });
  const events = {
    operationId: 'events',
    summary: 'Reports what the POS shows: at once, and whenever it has changed',
    description:
      'Server-sent events. Each has one line `data:` with a message as its JSON. The stream stays open.',
    responses: {
      200: {
        description: 'The displays as they come; the schema is that of the message in one `data:`',
        content: { 'text/event-stream': { schema: event } },
      },
      ...secured,
    },
  };
  const description = {
    openapi: '3.1.0',
    info: {
      title: 'Test endpoint of a POS',
      version: '1',
      description:
        'What the test build of a POS serves so that the kit can drive it. docs/driver.md explains the messages. Amounts of money are whole minor units (pence, cents). Made from support/drivers/protocol.schema.json (`npm run docs`).',
    },
    servers: [{ url: 'http://127.0.0.1:8080/dojo-test', description: '`driver.url` in the profile' }],
    security: [{ secret: [] }],
    paths: { ...Object.fromEntries(calls), '/events': { get: events } },
    components: {
      securitySchemes: {
        secret: {
          type: 'http',
          scheme: 'bearer',
          description: 'What DOJO_TILL_SECRET holds on the machine of the kit',
        },
      },
      schemas,
    },
  };
  return stringify(inComponents(description), { lineWidth: 0, aliasDuplicateObjects: false });
}

/** With each reference to where OpenAPI keeps its schemas, and without what only the kit's validator knows. */
function inComponents(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inComponents);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name]) => name !== 'discriminator')
      .map(([name, one]) => [
        name,
        name === '$ref' ? String(one).replace('#/definitions/', '#/components/schemas/') : inComponents(one),
      ]),
  );
}
