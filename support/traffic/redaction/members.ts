/** A name in JSON and all that follows it up to the next one, by where they stand; what comes before the first name too. */
export interface Member {
  readonly start: number;
  readonly end: number;
}

/** The members in valid JSON, in turn, of whatever depth. */
export function* membersOf(json: string): Iterable<Member> {
  let start = 0;
  for (let open = json.indexOf('"'); open >= 0; ) {
    let close = json.indexOf('"', open + 1);
    while (close >= 0 && isEscaped(json, close)) close = json.indexOf('"', close + 1);
    if (close < 0) break;
    if (isBeforeColon(json, close + 1)) {
      if (open > start) yield { start, end: open };
      start = open;
    }
    open = json.indexOf('"', close + 1);
  }
  yield { start, end: json.length };
}

function isBeforeColon(json: string, at: number): boolean {
  let next = at;
  while (json.charCodeAt(next) <= 0x20) next += 1;
  return json.charCodeAt(next) === 0x3a;
}

function isEscaped(json: string, at: number): boolean {
  let slashes = 0;
  while (json.charCodeAt(at - 1 - slashes) === 0x5c) slashes += 1;
  return slashes % 2 === 1;
}
