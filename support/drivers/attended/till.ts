import { setTimeout as wait } from 'node:timers/promises';
import { actionForm } from '../../checklist/index.ts';
import { blank } from '../../record/display.ts';
import type { Picture } from '../../record/picture.ts';
import type {
  Action,
  Answer,
  Attestation,
  Display,
  DisplayVocabulary,
  Exchange,
  PosSettings,
} from '../../record/vocabulary.ts';
import type { Hello, PosDriver } from '../driver.ts';
import type { AttendedDriver } from '../settings.ts';
import { type Choice, choicesOf, displayOf } from './answers.ts';
import type { Desk } from './desk.ts';
import { plainStep, questionStep, type Step, settingsStep, stepOf } from './steps.ts';

/** A POS that a person drives, and whose display a person reads. */
export class AttendedTill implements PosDriver {
  readonly display = 'attested';
  readonly clock = 'real';
  readonly #settings: AttendedDriver;
  readonly #hello: Hello;
  readonly #vocabulary: DisplayVocabulary;
  readonly #choices: readonly Choice[];
  readonly #desk: Desk;
  #listener: (display: Display) => void = () => {};
  #shown = blank;
  #attestation: Attestation | null = null;
  #photo: Picture | null = null;
  /** Something has happened since the person was asked what the POS shows, and what its journal has. */
  #news = { show: true, journal: true };
  /** The answer that each read resource had last: the same once more is no news. */
  readonly #read = new Map<string, string>();
  /** What stays set, by the name of the action. */
  readonly #set = new Map<string, string>();
  /** The row before has left something on the POS. */
  #untidy = false;
  #first = false;

  constructor(settings: AttendedDriver, hello: Hello, vocabulary: DisplayVocabulary, desk: Desk) {
    this.#settings = settings;
    this.#hello = hello;
    this.#vocabulary = vocabulary;
    this.#choices = choicesOf(vocabulary);
    this.#desk = desk;
    this.#untidy = desk.goesOn;
  }

  get attestation(): Attestation | null {
    return this.#attestation;
  }

  atRow(row: string | null): void {
    this.#desk.atRow(row);
    if (row === null) return;
    this.#show(blank, null);
  }

  exchanged(exchange: Exchange): void {
    if (this.#isNews(exchange)) this.#news = { show: true, journal: true };
    this.#desk.exchanged(exchange);
  }

  waits(most: number | null): void {
    this.#desk.waits(most);
  }

  async hello(): Promise<Hello> {
    return this.#hello;
  }

  async configure(settings: PosSettings): Promise<Answer> {
    // A POS that knows the kit's address of before can close nothing until it has that of now.
    const first = this.#first;
    this.#first = false;
    const answer = await this.#do(settingsStep(settings, this.#settings.actions));
    this.#first = first;
    // They may be those of another account, with card machines of its own.
    this.#set.clear();
    return answer;
  }

  async act(action: Action): Promise<Answer> {
    const { elsewhere, lasts, prepares } = actionForm(action.name);
    if (elsewhere && !this.#settings.secondDevice)
      return { answer: 'notOffered', reason: 'the profile has no `driver.secondDevice`' };
    const asked = JSON.stringify(action);
    if (lasts && this.#set.get(action.name) === asked) return { answer: 'done' };
    if (!prepares) this.#show(blank, null);
    const answer = await this.#do(stepOf(action, this.#settings.actions));
    if (lasts && answer.answer === 'done') this.#set.set(action.name, asked);
    return answer;
  }

  async attest(journal: boolean): Promise<void> {
    if (this.#news.show) {
      const said = await this.#question(false);
      this.#show(displayOf(said, this.#vocabulary), this.#desk.attestation());
      this.#news = { ...this.#news, show: false };
    }
    if (!journal || !this.#news.journal) return;
    const { words } = await this.#question(true);
    this.#show(
      words ? { ...this.#shown, text: `${this.#shown.text}\n${words}`.trim() } : this.#shown,
      this.#desk.attestation(),
    );
    this.#news = { ...this.#news, journal: false };
  }

  async look(): Promise<Display> {
    return this.#shown;
  }

  onChange(listener: (display: Display) => void): void {
    this.#listener = listener;
  }

  async screenshot(): Promise<Picture | null> {
    return this.#photo;
  }

  async live(ms: number): Promise<number> {
    this.#desk.goOn();
    await wait(ms);
    return ms;
  }

  /** The person is asked for an empty basket with the first thing to do in the next row. */
  async reset(): Promise<Answer> {
    this.#first = this.#untidy;
    return { answer: 'done' };
  }

  async restart(): Promise<Answer> {
    return this.#do(plainStep('restart', 'Switch the POS off and on again', this.#settings.actions));
  }

  async close(): Promise<void> {}

  async #do(step: Step): Promise<Answer> {
    const first = this.#first;
    this.#news = { show: true, journal: true };
    const reply = await this.#desk.ask(step, first);
    this.#first = false;
    this.#untidy = true;
    if (reply.how === 'refused')
      return { answer: 'notOffered', reason: `${this.#desk.operator} said: ${reply.words.trim()}` };
    return { answer: 'done' };
  }

  async #question(journal: boolean) {
    const reply = await this.#desk.ask(questionStep(journal, this.#choices, this.#settings.actions));
    if (reply.how !== 'said')
      throw new Error('the desk let something pass that does not answer its question');
    this.#photo = this.#desk.photo;
    return reply.said;
  }

  #show(display: Display, attestation: Attestation | null): void {
    this.#shown = display;
    this.#attestation = attestation;
    if (attestation) return;
    this.#photo = null;
    this.#listener(display);
  }

  /** A request that changes something is news, and so is an answer that differs from the one before. */
  #isNews({ request: { method, target }, response }: Exchange): boolean {
    if (method !== 'GET') return true;
    const body = JSON.stringify(response?.body ?? response?.status ?? null);
    const same = this.#read.get(target) === body;
    this.#read.set(target, body);
    return !same;
  }
}
