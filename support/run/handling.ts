import { randomBytes } from 'node:crypto';
import { actionForm } from '../checklist/index.ts';
import type { PosDriver } from '../drivers/index.ts';
import { Blocked } from '../record/blocked.ts';
import { monotonic } from '../record/monotonic.ts';
import { cropOf, endingOf, type Picture, type PictureType, pictureType } from '../record/picture.ts';
import type { Action, Answer, PosSettings } from '../record/vocabulary.ts';
import type { Entered } from './entering.ts';
import type { Recorder } from './recorder.ts';
import type { Still } from './still.ts';

/** What a row's subject is handled with. */
interface Hands {
  readonly driver: PosDriver;
  readonly recorder: Recorder;
  /** At most so many pictures are kept, by these names. */
  readonly pictures: { readonly most: number; readonly name: (number: number) => string };
  readonly attach: (picture: Uint8Array, type: PictureType, name: string) => unknown;
  /** An API key as it may be recorded. */
  readonly keyShown: (key: string) => string;
  /** Has the subject take settings; `kept`: it had them already. */
  readonly enter: (settings: PosSettings) => Promise<Entered>;
  /** Switches the subject off and on again. */
  readonly restart: () => Promise<Answer>;
  /** What the kit waits for before it has the subject act. */
  readonly before: () => Promise<void>;
  /** Does something while the account stands still, where a person does it. */
  readonly still: Still;
}

/** What the subject is asked for in a row, and what it shows: each is recorded as it comes. */
export class Handling {
  readonly #hands: Hands;
  /** The till's journal was read as it stood before the row's first sale, where the row needs that. */
  #journalRead = true;
  #pictures = 0;
  /** The names of those that were attached: a display that has not changed since gives the same picture once more. */
  readonly #attached = new WeakMap<Picture, string>();

  constructor(hands: Hands) {
    this.#hands = hands;
  }

  /** Brings the till to an empty basket. Throws a `Blocked` where that can't be done. */
  async begin(readsJournal: boolean): Promise<void> {
    const { driver, recorder } = this.#hands;
    const token = randomBytes(8).toString('hex');
    driver.mark?.(token);
    recorder.note('row-token', { mark: token });
    const { unreadable } = driver;
    let answer = await driver.reset();
    if (unreadable && answer.answer !== 'done') throw unreadable;
    if (answer.answer === 'crashed') {
      // What it was lost over belongs to the row before.
      await driver.hello();
      answer = await driver.reset();
    }
    if (answer.answer !== 'done') {
      throw new Blocked(
        'KIT-TILL-004',
        `The till could not be brought to an empty basket: ${answer.reason}`,
        'Bring the till back by hand, or correct how the profile resets it.',
        false,
      );
    }
    // A till that has no settings yet may have no journal to show either: it is seen before the first sale then.
    const journal = readsJournal ? await driver.seeJournal?.() : null;
    this.#journalRead = !journal || journal.answer === 'done';
    await this.look();
  }

  /** Goes to the journal of a till that shows it apart; that it could not be opened is recorded. */
  async seeJournal(): Promise<void> {
    const { driver, recorder } = this.#hands;
    const at = monotonic();
    const answer = await driver.seeJournal?.();
    this.#journalRead = true;
    if (!answer) return;
    if (answer.answer === 'done') recorder.note('journal-visited', {}, at);
    else {
      const answered = { ...answer, reason: recorder.text(answer.reason) };
      recorder.record({
        kind: 'action',
        at,
        until: monotonic(),
        action: { name: 'journal' },
        answer: answered,
      });
    }
    await this.look();
  }

  /** Enters settings in the till. What is recorded of the key is its redacted form. */
  async configure(settings: PosSettings): Promise<Answer> {
    const { recorder, keyShown, enter, still } = this.#hands;
    const at = monotonic();
    const { answer, times } = await still(() => enter(settings));
    const shown = { ...settings, apiKey: keyShown(settings.apiKey) };
    recorder.record({
      kind: 'action',
      at,
      until: monotonic(),
      action: { name: 'configure', settings: shown },
      answer,
    });
    if (times === 'kept') recorder.note('settings-kept', {});
    else if (times !== null) recorder.note('settings-entered', { times });
    await this.look();
    return answer;
  }

  /** Has the subject do something; `mayBeRefused` where one that does not offer it conforms too. */
  async act(action: Action, mayBeRefused = false): Promise<Answer> {
    const { driver, recorder, before, still } = this.#hands;
    if (!this.#journalRead && !actionForm(action.name).prepares) await this.seeJournal();
    await this.look();
    await before();
    const at = monotonic();
    const answer = await still(() => driver.act(action));
    recorder.record({
      kind: 'action',
      at,
      until: monotonic(),
      action,
      answer: answer.answer === 'done' ? answer : { ...answer, reason: recorder.text(answer.reason) },
      ...(mayBeRefused ? { mayBeRefused } : {}),
    });
    return answer;
  }

  /** Switches the till off and on again. */
  async restart(): Promise<void> {
    const { recorder, restart, still } = this.#hands;
    await this.look();
    const at = monotonic();
    const answer = await still(restart);
    recorder.record({ kind: 'action', at, until: monotonic(), action: { name: 'restart' }, answer });
    await this.look();
  }

  /** Looks at the display and records it, with a picture when asked. */
  async look(picture = false): Promise<void> {
    const { driver, recorder, pictures } = this.#hands;
    const display = await driver.look();
    if (driver.unreadable) throw driver.unreadable;
    if (picture) await this.#keepDeparted();
    const room = picture && this.#pictures < pictures.most;
    // A picture can't be redacted: none is kept of a display whose own text holds a secret, or a field on it.
    const typed = (room && (await driver.typed?.())) || '';
    const secret =
      room &&
      (recorder.text(typed) !== typed ||
        JSON.stringify(recorder.redacted(display)) !== JSON.stringify(display));
    if (secret) recorder.note('picture-withheld', {});
    const taken = room && !secret ? await driver.screenshot() : null;
    const screenshot = taken ? await this.#attachPicture(taken) : undefined;
    const reported = driver.display === 'reported' || driver.display === 'attested';
    recorder.displayed(display, reported, screenshot, driver.attestation);
  }

  /** Keeps the pictures of results that were shown for a moment and have left. */
  async #keepDeparted(): Promise<void> {
    const { driver, recorder, pictures } = this.#hands;
    for (const { shows, picture, text } of driver.departed?.() ?? []) {
      if (this.#pictures >= pictures.most || recorder.text(text) !== text) continue;
      const screenshot = await this.#attachPicture(picture);
      recorder.record({ kind: 'picture', at: monotonic(), shows: recorder.text(shows), screenshot });
    }
  }

  async #attachPicture(picture: Picture): Promise<string> {
    const known = this.#attached.get(picture);
    if (known) return known;
    const { pictures, attach } = this.#hands;
    const { bytes, crop } = picture;
    const type = pictureType(bytes) ?? 'image/png';
    const fileName = `${pictures.name(++this.#pictures)}.${endingOf(type)}`;
    await attach(bytes, type, fileName);
    if (crop) await attach(crop, type, cropOf(fileName));
    if (picture.usedIn !== undefined)
      this.#hands.recorder.note('photo-again', { name: fileName, row: picture.usedIn });
    this.#attached.set(picture, fileName);
    return fileName;
  }
}
