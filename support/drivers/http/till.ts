import { Blocked } from '../../record/blocked.ts';
import { type Connection, type Described, sentences, type Transport } from '../connection.ts';
import type { Hello } from '../driver.ts';
import type { Call } from '../protocol.ts';
import { ProtocolTill } from '../protocol-till.ts';
import type { Screen } from '../screen.ts';
import type { HttpDriver } from '../settings.ts';
import { Endpoint } from './endpoint.ts';

/** How long a POS may take to answer where the profile does not say, in ms. */
const usual = 15_000;

/** A POS that is driven through a test endpoint of its own, over HTTP. */
export class HttpTill extends ProtocolTill {
  /** `url` is where the endpoint is; `expected` is what the profile says that the POS is. */
  constructor(
    settings: HttpDriver,
    url: string,
    secret: string,
    expected: Hello,
    screen: Screen | null = null,
  ) {
    super(new Http(settings, url.replace(/\/+$/, ''), secret), expected, screen);
  }
}

class Http implements Transport {
  readonly pageAdvice = 'Let the POS serve its page, and check `driver.see.page` in the profile.';
  readonly #settings: HttpDriver;
  readonly #url: string;
  readonly #secret: string;

  constructor(settings: HttpDriver, url: string, secret: string) {
    this.#settings = settings;
    this.#url = url;
    this.#secret = secret;
  }

  get patience(): Transport['patience'] {
    const { answerWithin = usual } = this.#settings;
    return { greet: answerWithin, answer: answerWithin };
  }

  get page(): string | null {
    const page = this.#settings.see?.page;
    return page === undefined ? null : new URL(page, this.#url).href;
  }

  get secondDevice(): boolean {
    return this.#settings.secondDevice ?? false;
  }

  async connect(answered: Described): Promise<Connection> {
    return new Endpoint(
      {
        url: this.#url,
        secret: this.#secret,
        displays: this.page === null,
        certificate: this.#settings.certificate,
      },
      answered,
    );
  }

  unanswered({ call }: Call, why: string, remains: string): Blocked {
    return new Blocked(
      'KIT-DRIVER-002',
      sentences(`The POS's test endpoint did not answer ${call}: ${why}`, remains),
      `Start the POS in its test build, and see that it answers POST ${this.#url}/${call}; \`driver.url\` in the profile says where. docs/driver.md has the messages.`,
    );
  }

  screenshot(): null {
    return null;
  }

  async switchOff(): Promise<string> {
    return 'the kit did not start this POS, and cannot switch it off';
  }

  async close(endpoint: Connection): Promise<void> {
    endpoint.end('the kit let go of it');
  }
}
