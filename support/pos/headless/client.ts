import { Agent, request } from 'undici';
import type { Json, PosSettings } from '../../vocabulary.ts';

/** The version that the kit's own client sends. */
export const apiVersion = '2026-02-27';

/** An answer of the API; `json` is `null` where there is none. */
export interface Reply {
  readonly status: number;
  readonly json: Json;
}

/** The kit's own client of the Dojo API. It sends each request once, and takes whatever is answered. */
export class Client {
  readonly #agent = new Agent({ connections: 1, pipelining: 1 });
  #settings: PosSettings | null = null;

  use(settings: PosSettings): void {
    this.#settings = settings;
  }

  async send(
    method: 'GET' | 'POST' | 'PUT' | 'DELETE',
    path: string,
    body?: Json,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Reply> {
    const settings = this.#settings;
    if (!settings) throw new Error('the till was not set up');
    const atCounter = path.startsWith('/terminal');
    const { statusCode, body: answer } = await request(settings.baseUrl + path, {
      method,
      dispatcher: this.#agent,
      headers: {
        authorization: `Basic ${settings.apiKey}`,
        version: apiVersion,
        accept: 'application/json',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(atCounter
          ? { 'software-house-id': settings.softwareHouseId, 'reseller-id': settings.resellerId }
          : {}),
        ...headers,
      },
      // A PUT without a body still says that its length is 0: the front of the API wants it.
      ...(body !== undefined ? { body: JSON.stringify(body) } : method === 'PUT' ? { body: '' } : {}),
    });
    const text = await answer.text();
    return { status: statusCode, json: parsed(text) };
  }

  close(): Promise<void> {
    return this.#agent.close();
  }
}

function parsed(text: string): Json {
  try {
    return text ? (JSON.parse(text) as Json) : null;
  } catch {
    return null;
  }
}
