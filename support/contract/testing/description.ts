export const jsonOf = (schema: object) => ({ content: { 'application/json': { schema } } });

export const inQuery = (name: string, type: string) => ({ name, in: 'query', schema: { type } });

/** A description that has of everything a little. */
export const description = {
  openapi: '3.0.3',
  info: { version: '1' },
  'x-beyond': ['GET /hidden/{id}'],
  paths: {
    '/things': {
      post: {
        operationId: 'MakeThing',
        parameters: [
          inQuery('dry', 'boolean'),
          inQuery('count', 'integer'),
          inQuery('ratio', 'number'),
          inQuery('text', 'string'),
          { name: 'sure', in: 'query', schema: { type: 'boolean', enum: [true] } },
          { name: 'crumb', in: 'cookie', required: true, schema: { type: 'integer' } },
          { name: 'Accept', in: 'header', required: true, schema: { type: 'integer' } },
          { name: 'Content-Type', in: 'header', required: true, schema: { type: 'integer' } },
          { name: 'Authorization', in: 'header', required: true, schema: { type: 'integer' } },
          { name: 'accept', in: 'query', schema: { type: 'integer' } },
          { name: 'any', in: 'query' },
        ],
        requestBody: { required: true, ...jsonOf({ $ref: '#/components/schemas/Thing' }) },
        responses: {
          200: jsonOf({ $ref: '#/components/schemas/Thing' }),
          204: { description: 'nothing' },
          404: { description: 'none' },
        },
      },
    },
    '/things/{id}': {
      get: {
        responses: { 200: jsonOf({ type: 'object' }), 401: jsonOf({ type: 'object', required: ['why'] }) },
      },
      put: { requestBody: jsonOf({ type: 'object' }), responses: { 200: { description: 'done' } } },
      patch: {
        requestBody: { content: { 'text/plain': { schema: { type: 'string' } } } },
        responses: { 200: { description: 'done' } },
      },
      delete: { operationId: 'DropThing', responses: { 200: { description: 'done' } } },
    },
    '/things/{id}/parts/{part}': {
      get: { operationId: 'GetPart', responses: { 200: { description: 'done' } } },
    },
    '/things/latest': { get: { operationId: 'Latest', responses: { 200: { description: 'done' } } } },
    '/locked': { get: { security: [{ key: [] }], responses: { 200: { description: 'done' } } } },
    '/parts/things': { delete: { responses: { 200: { description: 'done' } } } },
  },
  components: {
    securitySchemes: { key: { type: 'http', scheme: 'basic' } },
    schemas: {
      Thing: {
        type: 'object',
        required: ['name'],
        properties: {
          name: { type: 'string', minLength: 1, maxLength: 4 },
          kind: { type: 'string', enum: ['a', 'b'] },
          size: { type: 'integer', minimum: 1, maximum: 9 },
          least: { type: 'integer', minimum: 1 },
          most: { type: 'number', maximum: 9 },
          on: { type: 'boolean' },
          when: { type: 'string', format: 'date-time' },
          code: { type: 'string', pattern: '^x$' },
          short: { type: 'string', minLength: 1 },
          inner: { type: 'object', properties: { deep: { type: 'string' } } },
          list: { type: 'array', items: { type: 'object', properties: { Id: { type: 'string' } } } },
          open: { type: 'object', additionalProperties: { type: 'integer' } },
          maybe: { type: 'string', nullable: true },
          either: {
            anyOf: [
              { type: 'object', required: ['a'], properties: { a: {} } },
              { type: 'object', required: ['b'], properties: { b: {} } },
            ],
          },
          maybeOne: { nullable: true, allOf: [{ $ref: '#/components/schemas/One' }] },
          maybeEnum: { type: 'string', nullable: true, enum: ['a', null] },
          oneOf: {
            oneOf: [
              { type: 'object', required: ['a'], properties: { a: { type: 'integer' } } },
              { type: 'object', properties: { b: { type: 'integer' } }, required: ['b'] },
            ],
          },
          both: { allOf: [{ $ref: '#/components/schemas/One' }, { $ref: '#/components/schemas/Two' }] },
          nil: { type: 'string', pattern: 'null' },
          maybeEither: { nullable: true, anyOf: [{ type: 'integer' }, { type: 'boolean' }] },
          maybeInline: {
            nullable: true,
            allOf: [{ type: 'object', properties: { x: { type: 'integer' } } }],
          },
          wrapped: { allOf: [{ $ref: '#/components/schemas/Three' }] },
          extended: {
            type: 'object',
            properties: { own: { type: 'integer' } },
            allOf: [{ $ref: '#/components/schemas/Four' }],
          },
          mixed: {
            type: 'object',
            properties: { a: {}, b: {}, more: {} },
            anyOf: [
              { required: ['a'], properties: { a: { type: 'integer' } } },
              { required: ['b'], properties: { b: { type: 'integer' } } },
            ],
          },
          loose: {
            anyOf: [{ type: 'object', required: ['a'], properties: { a: {} } }, { type: 'integer' }],
          },
          needs: {
            type: 'object',
            required: ['what', 'ghost'],
            properties: { what: {} },
            additionalProperties: true,
          },
        },
      },
      One: { type: 'object', properties: { one: { type: 'integer' } } },
      Two: { type: 'object', properties: { two: { type: 'integer' } } },
      Three: { type: 'object', properties: { three: { type: 'integer' } } },
      Four: { type: 'object', properties: { four: { type: 'integer' } } },
    },
  },
};
