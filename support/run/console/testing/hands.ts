/** What can be done at a card machine, by its TID, and in the developer portal. */
export interface Hands {
  put(tid: string, state: 'ready' | 'menu' | 'offline'): Promise<void>;
  present(tid: string, card: object): Promise<void>;
  revoke(key: string): Promise<void>;
}

/** A step as it stands on the console. */
export interface Asked {
  readonly title: string;
  readonly number: number;
  readonly text: string;
}

type Post = (what: string, body?: object) => Promise<string | undefined>;

/**
 * A person beside a POS that the kit drives, by script: writes a name, does what the console asks for, and says so.
 * `instead` is asked first: it returns `true` where it has answered a step in its own way. Returns what was asked.
 */
export async function attends(
  url: string,
  {
    hands,
    key,
    instead = async () => false,
  }: {
    readonly hands: Hands;
    /** The key that can be revoked. */
    readonly key: string;
    readonly instead?: (step: Asked, post: Post) => Promise<boolean>;
  },
): Promise<string[]> {
  const posts: Post = (what, body = {}) => postTo(url, what, body);
  await posts('begin', { by: 'Anna Smith' });
  const asked: string[] = [];
  for (let version = -1, last = 0; ; ) {
    const answer = await fetch(`${url}now?after=${version}`).catch(() => null);
    if (!answer?.ok) return asked;
    const shown = (await answer.json()) as { version: number; now: string };
    version = shown.version;
    const number = Number(/data-done="(\d+)"/.exec(shown.now)?.[1] ?? 0);
    if (number === 0 || number === last) continue;
    last = number;
    const [, title = ''] = /<h2[^>]*>(.*?)<\/h2>/.exec(shown.now) ?? [];
    asked.push(title);
    if (await instead({ title, number, text: shown.now }, posts)) continue;
    const [, tid = ''] = /<dt>Card machine<\/dt><dd><code>(.*?)<\/code>/.exec(shown.now) ?? [];
    const [, scheme] = /a (\w+) card/.exec(title) ?? [];
    if (/^Open the menu/.test(title)) await hands.put(tid, 'menu');
    if (/^Switch the card machine off/.test(title)) await hands.put(tid, 'offline');
    if (/^Bring the card machine back/.test(title)) await hands.put(tid, 'ready');
    if (/^Revoke/.test(title)) await hands.revoke(key);
    if (scheme) await hands.present(tid, { scheme });
    await posts('reply', { number, how: 'done' });
  }
}

async function postTo(url: string, what: string, body: object): Promise<string | undefined> {
  const answer = await fetch(url + what, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return ((await answer.json()) as { wrong?: string }).wrong;
}
