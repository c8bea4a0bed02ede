import type { Page } from 'playwright';
import { parse } from 'yaml';
import type { PosDriver } from '../../../drivers/index.ts';
import { resultOf, says } from '../../../record/phrases.ts';
import type { Action, Display, DisplayVocabulary } from '../../../record/vocabulary.ts';

/** What a person at the POS would answer, row by row; what a row does not say goes for all. */
export interface Script extends Answers {
  readonly name: string;
  readonly rows?: Readonly<Record<string, Answers>>;
}

interface Answers {
  /** `as shown`, `as the row wants`, or the id of the choice that the person always takes. */
  readonly says?: string;
  /** Says at once that something was done, in place of waiting until the kit has seen it. */
  readonly hasty?: boolean;
  /** A photo each time, the same one each time, or none. */
  readonly photo?: 'anew' | 'same' | 'none';
  /** Covers the middle of each photo. */
  readonly covers?: boolean;
  /** Why the person leaves the row at its first step. */
  readonly cannot?: string;
}

/** What stands on the console, as a person reads it. */
export interface Reading {
  readonly row: string;
  readonly title: string;
  readonly number: number;
  readonly first: boolean;
  readonly question: boolean;
  /** The kit sees by itself that it was done. */
  readonly seen: boolean;
  readonly journal: boolean;
  readonly amounts: Readonly<Record<string, string>>;
  readonly fields: Readonly<Record<string, string>>;
}

/** How long a person waits for the page to go on by itself, in ms. */
const patience = 6000;

/** A scripted operator: reads the console in a real browser, and does at the POS what it says. */
export class Operator {
  readonly #script: Script;
  readonly #page: Page;
  readonly #pos: PosDriver;
  readonly #vocabulary: DisplayVocabulary;
  /** A picture that differs from all others where it is to. */
  readonly #picture: (number: number) => Promise<Buffer>;
  /** Called as each step is read. */
  readonly #reads: (seen: Reading) => Promise<void>;
  /** The choice that a row asks for. */
  readonly #wants: (row: string) => string;
  /** What came of each thing that was done at the POS, as it came. */
  readonly done: string[] = [];
  /** What colour the middle of each photo has that was covered. */
  readonly covered: string[] = [];

  constructor(
    yaml: string,
    about: {
      readonly page: Page;
      readonly pos: PosDriver;
      readonly vocabulary: DisplayVocabulary;
      readonly picture: (number: number) => Promise<Buffer>;
      readonly reads?: (seen: Reading) => Promise<void>;
      readonly wants?: (row: string) => string;
    },
  ) {
    this.#script = parse(yaml) as Script;
    this.#page = about.page;
    this.#pos = about.pos;
    this.#vocabulary = about.vocabulary;
    this.#picture = about.picture;
    this.#reads = about.reads ?? (async () => {});
    this.#wants = about.wants ?? (() => 'Captured');
  }

  /** Begins at the console, and answers until there is nothing more to answer. */
  async work(url: string): Promise<void> {
    await this.#page.goto(url);
    await this.#page.getByLabel('Your name').fill(this.#script.name);
    await this.#page.getByRole('button', { name: /^Begin/ }).click();
    for (let last = 0; ; ) {
      const seen = await this.#next(last);
      if (!seen) return;
      last = seen.number;
      await this.#reads(seen);
      const { cannot } = this.#answers(seen.row);
      if (cannot) await this.#leave(cannot);
      else if (seen.question) await this.#answer(seen);
      else await this.#do(seen);
    }
  }

  #answers(row: string): Answers {
    const { rows, ...always } = this.#script;
    return { ...always, ...rows?.[row] };
  }

  /** The step after that one; `null` once the run is over. */
  async #next(last: number): Promise<Reading | null> {
    const handle = await this.#page.waitForFunction(
      (before) => {
        const now = document.querySelector('#now')!;
        if (now.textContent?.includes('Thank you')) return 'over';
        const one = now.querySelector<HTMLElement>('[data-done], form[data-form=said]');
        const number = Number(one?.dataset.done ?? one?.dataset.number ?? 0);
        if (number <= before) return null;
        const listed = (list: string) =>
          Object.fromEntries(
            [...now.querySelectorAll(`${list} > div`)].map((pair) => [
              pair.querySelector('dt')!.textContent!,
              (pair.querySelector('code') ?? pair.querySelector('dd'))!.textContent!,
            ]),
          );
        const title = now.querySelector('h2')!.textContent!;
        return {
          row: now.querySelector('.eyebrow')!.textContent!.split(' ')[0]!,
          title,
          number,
          first: now.querySelector('.first') !== null,
          question: one!.matches('form'),
          seen: now.querySelector('.waits') !== null,
          journal: title.includes('journal'),
          amounts: listed('.amounts'),
          fields: listed('.fields'),
        };
      },
      last,
      // Each look costs the browser something, and a person looks no oftener.
      { polling: 200 },
    );
    const seen = (await handle.jsonValue()) as Reading | 'over';
    return seen === 'over' ? null : seen;
  }

  async #do(seen: Reading): Promise<void> {
    if (seen.first) await this.#pos.reset();
    const answer = await this.#atPos(seen);
    this.done.push(`${seen.title}: ${answer.answer}`);
    if (answer.answer === 'notOffered') {
      await this.#page.getByText('The POS does not offer this').click();
      await this.#page.getByLabel('What does it do instead?').fill(answer.reason);
      await this.#page.getByRole('button', { name: 'The POS does not offer it' }).click();
      return;
    }
    const button = this.#page.locator(`[data-done="${seen.number}"]`);
    if (!seen.seen) return button.click();
    // The POS may have sent nothing: then the person says after a while that it was done.
    if (this.#answers(seen.row).hasty)
      return void (await button.click({ timeout: patience }).catch(() => {}));
    const goesOn = button.waitFor({ state: 'detached', timeout: patience }).then(() => true);
    if (!(await goesOn.catch(() => false))) await button.click();
  }

  #atPos({ title, amounts, fields }: Reading) {
    const text = (label: string) => fields[label] ?? '';
    if (title.startsWith('Enter these settings'))
      return this.#pos.configure({
        baseUrl: text('Address of the API'),
        apiKey: text('API key'),
        softwareHouseId: text('Software house ID'),
        resellerId: text('Reseller ID'),
      });
    if (title.startsWith('Switch the POS off')) return this.#pos.restart();
    const minor = (label: string) =>
      amounts[label] === undefined ? undefined : Math.round(Number(amounts[label].slice(1)) * 100);
    const known = deeds.find(([words]) => title.startsWith(words));
    if (!known) throw new Error(`The operator does not know what to do for "${title}"`);
    const lines = Object.entries(fields).flatMap(([label, value]) =>
      label.startsWith('Lines') ? [value] : [],
    );
    const part = minor('Amount') === undefined ? {} : { amount: minor('Amount') };
    const given = {
      amount: minor('Amount'),
      tip: minor('Tip'),
      cashback: minor('Cashback'),
      currency: amounts.Amount?.startsWith('€') ? 'EUR' : 'GBP',
      ...(fields['Manual capture'] ? { manualCapture: true } : {}),
      ...(fields['Card holder not present'] ? { cardHolderNotPresent: true } : {}),
      ...(fields['Lines 1'] ? { lines: lines.map(lineIn) } : {}),
    };
    const sale = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
    return this.#pos.act(
      known[1]({
        sale,
        part,
        tid: text('Tid'),
        terminalId: text('Terminal id'),
        paymentIntentId: text('Payment intent id'),
      }) as unknown as Action,
    );
  }

  async #answer({ row, journal, number }: Reading): Promise<void> {
    const { says: always = 'as shown', photo = 'anew', covers } = this.#answers(row);
    const display = await this.#pos.look();
    const choice =
      always === 'as shown'
        ? this.#read(display)
        : { id: always === 'as the row wants' ? this.#wants(row) : always, words: '' };
    if (!journal) {
      await this.#page.locator(`input[name=choice][value="${choice.id}"]`).check();
      if (always === 'as shown') await this.#passOn(display.prompt);
      for (const option of display.dialogues[0]?.options ?? [])
        for (const list of ['accept', 'reject', 'recordByHand', 'retry'] as const)
          if (says(option, this.#vocabulary[list])) {
            const button = this.#page.locator(`input[name=button][value="${choice.id} ${list}"]`);
            if (await button.count()) await button.check();
          }
      if (choice.words) await this.#page.locator('form[data-form=said] input[name=words]').fill(choice.words);
    }
    if (photo !== 'none') {
      await this.#page.locator('input[name=photo]').setInputFiles({
        name: 'photo.png',
        mimeType: 'image/png',
        buffer: await this.#picture(photo === 'same' ? 0 : number),
      });
      await this.#page.locator('#photo canvas').waitFor();
      if (covers) await this.#cover();
    }
    await this.#page.getByRole('button', { name: /^That is/ }).click();
  }

  /** Drags over the photo, and notes the colour that is there then. */
  async #cover(): Promise<void> {
    const canvas = this.#page.locator('#photo canvas');
    await canvas.scrollIntoViewIfNeeded();
    const { x, y, width, height } = (await canvas.boundingBox())!;
    await this.#page.mouse.move(x + width / 4, y + height / 4);
    await this.#page.mouse.down();
    await this.#page.mouse.move(x + (width * 3) / 4, y + (height * 3) / 4, { steps: 3 });
    await this.#page.mouse.up();
    this.covered.push(
      await canvas.evaluate((drawn: HTMLCanvasElement) => {
        const pen = drawn.getContext('2d')!;
        const { data } = pen.getImageData(drawn.width / 2, drawn.height / 2, 1, 1);
        return `#${[...data.slice(0, 3)].map((one) => one.toString(16).padStart(2, '0')).join('')}`;
      }),
    );
  }

  /** Which choice a person takes who reads this display. */
  #read({ outcome, notice, dialogues }: Display): { id: string; words: string } {
    const [dialogue] = dialogues;
    if (dialogue) {
      const unsure = resultOf(dialogue.text, this.#vocabulary) === 'Unconfirmed';
      return { id: unsure ? 'Unconfirmed' : 'signature', words: dialogue.text.split('\n')[0]! };
    }
    const result = resultOf(outcome, this.#vocabulary);
    if (result) return { id: result, words: outcome! };
    const list = (['unavailable', 'checkApiKey', 'cannotCancel', 'checkMachine'] as const).find((one) =>
      says(notice, this.#vocabulary[one]),
    );
    return list ? { id: list, words: notice! } : { id: 'nothing', words: notice ?? '' };
  }

  /** Chooses what the POS passes on of the card machine, where it does. */
  async #passOn(prompt: string | null): Promise<void> {
    const type = Object.entries(this.#vocabulary.prompts).find(([, phrases]) => says(prompt, phrases))?.[0];
    if (!type) return;
    await this.#page.getByText('It also says what the card machine asks for').click();
    await this.#page.locator(`input[name=prompt][value="${type}"]`).check();
  }

  async #leave(reason: string): Promise<void> {
    await this.#page.getByText('This row cannot be done').click();
    await this.#page.getByLabel(/^Why\?/).fill(reason);
    await this.#page.getByRole('button', { name: 'Leave this row' }).click();
  }
}

/** How a person takes the words of the console for what is to be done. */
const deeds: readonly [string, (given: Record<string, unknown>) => object][] = [
  ['Take a sale', ({ sale }) => ({ name: 'sale', sale })],
  ['Choose the card machine', ({ tid, terminalId }) => ({ name: 'chooseTerminal', tid, terminalId })],
  ['Try the payment again', () => ({ name: 'retry' })],
  ['Cancel the payment', () => ({ name: 'cancel' })],
  ['Cancel the open payment', () => ({ name: 'cancelIntent' })],
  ['Accept the signature', () => ({ name: 'signature', accepted: true })],
  ['Reject the signature', () => ({ name: 'signature', accepted: false })],
  ['Record the payment by hand', () => ({ name: 'recordManually' })],
  ['Look up the card machines', () => ({ name: 'listTerminals' })],
  ['Capture the', ({ part }) => ({ name: 'capture', ...(part as object) })],
  [
    'Change the amount',
    ({ part, paymentIntentId }) => ({
      name: 'changeAmount',
      ...(part as object),
      ...(paymentIntentId ? { paymentIntentId } : {}),
    }),
  ],
  ['Pay the same sale', () => ({ name: 'payElsewhere' })],
  ['List all payments', () => ({ name: 'listIntents' })],
  ['Refund the last payment, without', ({ part }) => ({ name: 'refundIntent', ...(part as object) })],
  ['Refund the last payment on', ({ part }) => ({ name: 'matchedRefund', ...(part as object) })],
  ['Refund £', ({ part }) => ({ name: 'unlinkedRefund', currency: 'GBP', ...(part as object) })],
  ['Refund €', ({ part }) => ({ name: 'unlinkedRefund', currency: 'EUR', ...(part as object) })],
  ['Subscribe to events', () => ({ name: 'subscribeWebhooks' })],
];

/** A line of a basket as the console has it: `Coffee, 2, 3.50, Oat milk, 1, 0.40; …`. */
function lineIn(text: string): object {
  const [first = '', ...more] = text.split('; ');
  const [name, quantity, price, ...modifier] = first.split(', ');
  const modifiers = [modifier, ...more.map((one) => one.split(', '))].filter((one) => one.length);
  return {
    name,
    quantity: Number(quantity),
    amountTotal: Math.round(Number(quantity) * Number(price) * 100),
    modifiers: modifiers.map(([what, count, each]) => ({
      name: what,
      quantity: Number(count),
      amountPerModifier: Math.round(Number(each) * 100),
    })),
  };
}
