/** What kind of thing a picture shows; the colours follow it. */
export type Tone = 'quiet' | 'active' | 'asking' | 'good' | 'bad';

/** Something that lasts; times in ms since the session's creation. */
export interface Span {
  readonly from: number;
  readonly until: number;
  readonly text: string;
  readonly tone: Tone;
  /** It was not seen to end: the picture ends first. */
  readonly lasts: boolean;
}

/** Something that happens at a moment. */
export interface Mark {
  readonly at: number;
  readonly text: string;
  readonly tone: Tone;
}

/** What a picture is of, and what its lanes are called. */
export interface CourseNames {
  readonly kind: string;
  /** With the id behind it, in a heading and a title. */
  readonly one: string;
  readonly statuses: string;
  readonly prompts: string;
  readonly requests: string;
  readonly polls: string;
  readonly operator: string;
  readonly display: string;
}

/** The course of one thing that lasts, such as a terminal session, as it was observed. */
export interface Course {
  readonly names: CourseNames;
  readonly session: string;
  readonly type: string;
  /** How long the picture lasts, ms. */
  readonly duration: number;
  readonly statuses: readonly Span[];
  readonly prompts: readonly Span[];
  readonly polls: readonly number[];
  readonly requests: readonly Mark[];
  readonly operator: readonly Mark[];
  readonly display: readonly Span[];
}
