import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** One end of a connection in a test: what it got, byte for byte, and the means to wait for it. */
export class RawPeer {
  readonly socket: Socket;
  received = '';
  /** How the other side ended the connection. */
  ended: 'open' | 'end' | 'reset' = 'open';
  readonly #changed: (() => void)[] = [];

  constructor(socket: Socket) {
    this.socket = socket;
    socket.setEncoding('latin1');
    const tell = () => {
      for (const changed of this.#changed.splice(0)) changed();
    };
    socket.on('data', (text: string) => {
      this.received += text;
      tell();
    });
    socket.on('end', () => {
      this.ended = 'end';
      tell();
    });
    socket.on('error', () => {
      this.ended = 'reset';
      tell();
    });
    socket.on('close', tell);
  }

  write(text: string): void {
    this.socket.write(text, 'latin1');
  }

  /** Waits until this peer has got so much. Throws when the connection ends before. */
  async until(holds: (received: string) => boolean): Promise<string> {
    while (!holds(this.received)) {
      if (this.ended !== 'open')
        throw new Error(`ended (${this.ended}) after ${JSON.stringify(this.received)}`);
      await this.#change();
    }
    return this.received;
  }

  /** Waits until the other side has ended the connection, and gives how. */
  async end(): Promise<'end' | 'reset'> {
    while (this.ended === 'open') await this.#change();
    return this.ended;
  }

  #change(): Promise<void> {
    return new Promise((resolve) => this.#changed.push(resolve));
  }
}

/** An upstream without any HTTP of its own: the test writes its bytes. */
export interface RawUpstream {
  readonly url: string;
  readonly port: number;
  /** All connections that were made to it. */
  readonly connections: RawPeer[];
  /** The connection with this number, from 0, as soon as it is made. */
  connection(index: number): Promise<RawPeer>;
  close(): Promise<void>;
}

export async function rawUpstream(): Promise<RawUpstream> {
  const connections: RawPeer[] = [];
  const server = createServer({ allowHalfOpen: true, noDelay: true }, (socket) => {
    connections.push(new RawPeer(socket));
    server.emit('accepted');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    connections,
    async connection(index) {
      while (connections.length <= index) await once(server, 'accepted');
      return connections[index]!;
    },
    async close() {
      server.close();
      for (const { socket } of connections) socket.destroy();
      await once(server, 'close');
    },
  };
}

/** Connects to a base URL as a client without any HTTP of its own. */
export async function rawClient(
  url: string,
  options: { readonly allowHalfOpen?: boolean } = {},
): Promise<RawPeer> {
  const { hostname, port } = new URL(url);
  const socket = connect({ host: hostname, port: Number(port), noDelay: true, ...options });
  await once(socket, 'connect');
  return new RawPeer(socket);
}
