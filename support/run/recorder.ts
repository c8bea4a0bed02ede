import { Blocked } from '../record/blocked.ts';
import { Evidence } from '../record/evidence.ts';
import { monotonic } from '../record/monotonic.ts';
import { media } from '../record/stream.ts';
import type { Attestation, Display, Fact, Facts, Json, Observation } from '../record/vocabulary.ts';
import type { Redaction } from '../traffic/redaction/index.ts';

/** Hands an attachment to the runner; it throws between two steps, when the runner takes none. */
type Attach = (text: string, mediaType: string) => unknown;

/** Records what is seen in a row, as it is seen. */
export class Recorder {
  readonly observations: Observation[] = [];
  /** What the row's checklist makes of the evidence. */
  view: (evidence: Evidence) => Evidence = (evidence) => evidence;
  /** Takes secrets out of what a till shows and says; it is there once the row has a lane. */
  redaction: Redaction | null = null;
  readonly #attach: Attach;
  #evidence: Evidence | null = null;
  #unsent: Observation[] = [];

  constructor(attach: Attach) {
    this.#attach = attach;
  }

  /** What has been seen so far, put in order. */
  get evidence(): Evidence {
    this.#evidence ??= this.view(new Evidence(this.observations));
    return this.#evidence;
  }

  record(observation: Observation): void {
    this.observations.push(observation);
    this.#evidence = null;
    this.#unsent.push(observation);
    this.flush();
  }

  /** Notes a fact by its name. */
  note<Name extends keyof Facts>(name: Name, detail: Facts[Name], at = monotonic()): void {
    this.record({ kind: 'fact', at, name, detail } as Fact);
  }

  /** Hands over what was recorded. Between two steps the runner takes nothing: it is kept for the next. */
  flush(): void {
    while (this.#unsent.length) {
      try {
        this.#attach(JSON.stringify(this.#unsent[0]), media.observation);
      } catch {
        return;
      }
      this.#unsent.shift();
    }
  }

  /** Records what the till displays, unless it is what was recorded last. */
  displayed(display: Display, reported: boolean, screenshot?: string, attested?: Attestation | null): void {
    const shown = this.redacted(display);
    const last = this.evidence.all('display').at(-1);
    const anew = attested && attested.at !== last?.attested?.at;
    if (!screenshot && !anew && last && JSON.stringify(last.display) === JSON.stringify(shown)) return;
    this.record({
      kind: 'display',
      at: monotonic(),
      reported,
      display: shown,
      ...(screenshot ? { screenshot } : {}),
      ...(attested ? { attested } : {}),
    });
  }

  /** Records an error that no step expected, as nobody's failing, with what to do about it. */
  trouble(error: unknown): void {
    const blocked = error instanceof Blocked;
    const lost = (error as { code?: unknown } | null)?.code;
    const network = typeof lost === 'string' && /^(UND_ERR_|ECONN|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_)/.test(lost);
    this.record({
      kind: 'trouble',
      at: monotonic(),
      fault: 'environment',
      message: this.text(error instanceof Error ? error.message : String(error)),
      advice: blocked
        ? error.advice
        : network
          ? 'A connection was lost: look after the network and the upstream, then run the row again.'
          : 'This is a defect of the kit: report it with the message stream of the run.',
      infrastructure: blocked ? error.infrastructure : network,
      code: blocked ? error.code : network ? 'KIT-RUN-003' : 'KIT-RUN-004',
    });
  }

  /** Records that the till was lost after the row's last action: that is its own doing. */
  lost(reason: string): void {
    this.record({
      kind: 'trouble',
      at: monotonic(),
      fault: 'pos',
      message: `The till was lost: ${this.text(reason)}`,
      advice: 'Find out what it was doing; its page, or its process, must survive each payment.',
      infrastructure: false,
    });
  }

  /** Something went wrong in the row that may lie with the lane that it ran in. */
  get struck(): boolean {
    return this.observations.some((one) => one.kind === 'trouble' && one.infrastructure);
  }

  /** The display as it may be kept. */
  redacted(display: Display): Display {
    return this.redaction ? (this.redaction.json(display as unknown as Json) as unknown as Display) : display;
  }

  /** A text as it may be kept. */
  text(text: string): string {
    return this.redaction ? this.redaction.text(text) : text;
  }
}
