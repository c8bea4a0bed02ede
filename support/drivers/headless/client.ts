import { Agent, request } from 'undici';
import type { Json, PosSettings } from '../../record/vocabulary.ts';
import { sendDelete } from '../../traffic/deletion.ts';

/** An answer of the API; `json` is `null` where there is none. */
export interface Reply {
  readonly status: number;
  readonly json: Json;
}

/** The kit's own client of the Dojo API. It sends each request once, and takes whatever is answered. */
export class Client {
  readonly #agent = new Agent({ connections: 1, pipelining: 1 });
  readonly #apiVersion: string;
  #settings: PosSettings | null = null;

  /** `apiVersion` goes into the `version` header. */
  constructor(apiVersion: string) {
    this.#apiVersion = apiVersion;
  }

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
    const url = new URL(settings.baseUrl + path);
    const sent = {
      authorization: `Basic ${settings.apiKey}`,
      version: this.#apiVersion,
      accept: 'application/json',
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(atCounter
        ? { 'software-house-id': settings.softwareHouseId, 'reseller-id': settings.resellerId }
        : {}),
      ...headers,
    };
    if (method === 'DELETE') {
      const { status, text } = await sendDelete(url, sent);
      return { status, json: parsed(text) };
    }
    const { statusCode, body: answer } = await request(url, {
      method,
      dispatcher: this.#agent,
      headers: sent,
      // A PUT without a body still says that its length is 0: the front of the API wants it.
      ...(body !== undefined ? { body: JSON.stringify(body) } : method === 'PUT' ? { body: '' } : {}),
    });
    return { status: statusCode, json: parsed(await answer.text()) };
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
