import { knownCapabilities } from '../checklist/index.ts';

/** What `init` is answered, by the name of the question. */
export interface Answers {
  readonly reach: Reached;
  readonly name: string;
  readonly version: string;
  readonly apiVersion: string;
  readonly capabilities: readonly string[];
  readonly paid: readonly string[];
  readonly declined: readonly string[];
  /** Of a web page, or of a test endpoint. */
  readonly url: string;
  /** Of a program. */
  readonly command: readonly string[];
}

/** The ways to a POS that `init` writes a profile for. */
export const reached = ['browser', 'command', 'http', 'attended'] as const;

type Reached = (typeof reached)[number];

/** One question; it is answered by a text, or by several with commas between. */
export interface Question {
  readonly name: keyof Answers;
  readonly asks: string;
  /** What an empty answer stands for; left out where there has to be one. */
  readonly usual?: string;
  readonly list?: true;
  /** Only of a POS that is reached so. */
  readonly of?: readonly Reached[];
  /** What is wrong with an answer, and what to answer instead, or `null`. */
  wrong(answer: string): string | null;
}

const anything = (): null => null;

/** The questions, in turn. `apiVersion` is what most tills use. */
export const questions = (apiVersion: string): readonly Question[] => [
  {
    name: 'reach',
    asks: 'How is the POS reached? browser: it is a web page. command: a program of yours drives it. http: its test build has a test endpoint. attended: a person does at it what a page of the kit says, and reads what it shows',
    usual: 'browser',
    wrong: (answer) => unknown(answer, reached),
  },
  { name: 'name', asks: 'What is the POS called?', wrong: anything },
  { name: 'version', asks: 'Which version of it is this?', usual: '1.0', wrong: anything },
  {
    name: 'apiVersion',
    asks: 'Which version of the Dojo API does it send?',
    usual: apiVersion,
    wrong: (answer) =>
      /^\d{4}-\d{2}-\d{2}$/.test(answer)
        ? null
        : `expected a day such as ${apiVersion}, but found "${answer}"`,
  },
  {
    name: 'url',
    asks: 'At which address does it answer?',
    of: ['browser', 'http'],
    wrong: (answer) =>
      /^https?:\/\//.test(answer) && URL.canParse(answer)
        ? null
        : `expected an address such as http://127.0.0.1:8080, but found "${answer}"`,
  },
  {
    name: 'command',
    asks: 'Which program drives it? Its words with commas between, such as: python3, driver.py',
    list: true,
    of: ['command'],
    wrong: anything,
  },
  {
    name: 'capabilities',
    asks: `What can it do, with commas between? ${[...knownCapabilities()].map(([name, { description }]) => `${name}: ${description}`).join('. ')}`,
    usual: '',
    list: true,
    wrong: (answer) => unknown(answer, [...knownCapabilities().keys()]),
  },
  {
    name: 'paid',
    asks: 'With which words does it say that a payment was taken? Left empty, the usual ones such as "Paid"',
    usual: '',
    list: true,
    wrong: anything,
  },
  {
    name: 'declined',
    asks: 'With which words does it say that a payment was declined? Left empty, the usual ones such as "Declined"',
    usual: '',
    list: true,
    wrong: anything,
  },
];

const unknown = (answer: string, known: readonly string[]): string | null =>
  known.includes(answer) ? null : `expected one of ${known.join(', ')}, but found "${answer}"`;
