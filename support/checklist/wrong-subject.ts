/** A check that must fail on a wrong subject, and what it must have seen. */
export interface Kill {
  readonly row: string;
  readonly check: string;
  readonly observed: RegExp;
  /** It is no failing, and has to warn. */
  readonly warns?: true;
}

/** A till or an upstream that is wrong in exactly one way. */
export interface WrongSubject {
  readonly id: string;
  /** What is wrong, in one sentence. */
  readonly wrong: string;
  /** In whose words it is a mistake. */
  readonly says: string;
  /** How the checklist's own POS departs from what is right. */
  readonly till?: object;
  /** How the simulator departs from what is right. */
  readonly upstream?: object;
  /** Exactly these must fail, in the rows named. Only an unseen one may have none. */
  readonly kills: readonly Kill[];
  /** What may fail besides, for it is about the same defect. */
  readonly sameDefect?: readonly string[];
  /** It gets stuck, and is not fit for another row: each row is given one of its own. */
  readonly getsStuck?: true;
  /** It shows only in real time: a quick run would move the clock past it. */
  readonly realTime?: true;
  /** The name of the kit's own profile with which it runs, where that is not the usual one. */
  readonly pos?: string;
  /** It is wrong in its page, so that it is looked at in a browser. */
  readonly onPage?: true;
  /**
   * Why its kills miss as yet. Such a subject survives, and the kill table says so; once a check sees it, this
   * has to go.
   */
  readonly unseen?: string;
}

/** The subjects that are wrong on purpose, by which the checks of some checklists are proved. */
export interface Gallery {
  /** The checklists whose rows must catch them. */
  readonly checklists: readonly string[];
  /** Where they are written down; a path from the root. */
  readonly folder: string;
  /** A plain row, in which nothing may fail but what an entry names: it has most of the checks of every row. */
  readonly control: string;
  readonly subjects: readonly WrongSubject[];
}
