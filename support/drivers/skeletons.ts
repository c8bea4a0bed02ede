import { knownActions } from '../checklist/index.ts';
import type { Hello } from './driver.ts';
import { protocolSchema } from './protocol.ts';

/** The languages in which the kit begins a driver. */
export const languages = ['node', 'python', 'csharp'] as const;

export type Language = (typeof languages)[number];

/** A driver that answers hello, and fails honestly at the rest. */
export interface Skeleton {
  /** What its file is called, and how it is started from the folder of that file. */
  readonly file: string;
  readonly command: readonly string[];
  readonly text: string;
}

/** One thing that a driver is asked for, and its words in the language of the driver. */
interface Asked {
  readonly name: string;
  readonly says: string;
}

/** Everything that the protocol has a driver do: its calls, and the actions of `act`. */
export function asked(): { readonly calls: readonly Asked[]; readonly actions: readonly Asked[] } {
  const calls = protocolSchema().definitions.request.oneOf.map(({ description, properties }) => ({
    name: properties.call.const,
    says: description,
  }));
  const actions = [...knownActions()].map(([name, { description, properties, required = [] }]) => {
    const members = Object.keys(properties).map((one) => (required.includes(one) ? one : `${one}?`));
    return { name, says: members.length ? `${description}. Members: ${members.join(', ')}` : description };
  });
  return { calls, actions };
}

const about = (name: string): string[] => [
  `The driver of ${name.replace(/\s+/g, ' ')}. The kit asks for one thing a line, and this program answers in one line.`,
  'Replace each "not yet" by what your till does, and remove the actions that it does not offer.',
  '"Writing a driver" (docs/driver.md of the kit) explains the messages. Print nothing else to stdout.',
];

/** Begins a driver for a till that is called so. */
export function skeletonOf(language: Language, hello: Hello): Skeleton {
  return { node, python, csharp }[language](hello);
}

/** The lines for what is asked: each its own, where the language has one, else "not yet". */
const lines = (
  all: readonly Asked[],
  comment: string,
  own: Readonly<Record<string, string>>,
  notYet: (name: string) => string,
): string =>
  all.map(({ name, says }) => `    ${comment} ${says}.\n    ${own[name] ?? notYet(name)}`).join('\n');

function node(hello: Hello): Skeleton {
  const { calls, actions } = asked();
  const own = {
    hello: 'hello: () => ({ hello }),',
    act: 'act: ({ action }) => actions[action.name]?.(action) ?? notOffered(action.name),',
    display: "display: () => ({ display: { text: 'The driver does not read the display yet' } }),",
    close: "close: () => ({ answer: 'done' }),",
  };
  const notYet = (name: string) => `${name}: () => notYet('${name}'),`;
  const text = `${about(hello.name)
    .map((line) => `// ${line}`)
    .join('\n')}
import { createInterface } from 'node:readline';

// This is what the profile says as well.
const hello = ${JSON.stringify(hello)};

const notYet = (what) => ({ answer: 'failed', reason: \`not yet: the driver does not do \${what}\` });
const notOffered = (what) => ({ answer: 'notOffered', reason: \`the till does not offer \${what}\` });

const actions = {
${lines(actions, '//', {}, notYet)}
};

const calls = {
${lines(calls, '//', own, notYet)}
};

for await (const line of createInterface({ input: process.stdin })) {
  const { id, ...request } = JSON.parse(line);
  let answer;
  try {
    answer = await (calls[request.call] ?? (() => notYet(request.call)))(request);
  } catch (error) {
    answer = { answer: 'failed', reason: \`the driver broke: \${error}\` };
  }
  process.stdout.write(\`\${JSON.stringify({ id, ...answer })}\\n\`, () => {
    if (request.call === 'close') process.exit();
  });
}
`;
  return { file: 'driver.mjs', command: ['node', 'driver.mjs'], text };
}

function python(hello: Hello): Skeleton {
  const { calls, actions } = asked();
  const own = {
    hello: '"hello": lambda request: {"hello": HELLO},',
    act: '"act": lambda request: act(request["action"]),',
    display: '"display": lambda request: {"display": {"text": "The driver does not read the display yet"}},',
    close: '"close": lambda request: {"answer": "done"},',
  };
  const notYet = (name: string) => `"${name}": lambda request: not_yet("${name}"),`;
  const text = `${about(hello.name)
    .map((line) => `# ${line}`)
    .join('\n')}
import json
import sys

# This is what the profile says as well.
HELLO = ${JSON.stringify(hello)}


def not_yet(what):
    return {"answer": "failed", "reason": f"not yet: the driver does not do {what}"}


ACTIONS = {
${lines(actions, '#', {}, notYet)}
}


def act(action):
    name = action["name"]
    if name not in ACTIONS:
        return {"answer": "notOffered", "reason": f"the till does not offer {name}"}
    return ACTIONS[name](action)


CALLS = {
${lines(calls, '#', own, notYet)}
}

sys.stdin.reconfigure(encoding="utf-8")
sys.stdout.reconfigure(encoding="utf-8")
for line in iter(sys.stdin.readline, ""):
    request = json.loads(line)
    call = request["call"]
    try:
        answer = CALLS[call](request) if call in CALLS else not_yet(call)
    except Exception as error:
        answer = {"answer": "failed", "reason": f"the driver broke: {error!r}"}
    print(json.dumps({"id": request["id"], **answer}), flush=True)
    if call == "close":
        break
`;
  return { file: 'driver.py', command: ['python3', 'driver.py'], text };
}

function csharp(hello: Hello): Skeleton {
  const { calls, actions } = asked();
  const own = {
    hello: '["hello"] = request => new() { ["hello"] = hello.DeepClone() },',
    act: '["act"] = request => Act(request["action"]!),',
    display:
      '["display"] = request => new() { ["display"] = new JsonObject { ["text"] = "The driver does not read the display yet" } },',
    close: '["close"] = request => new() { ["answer"] = "done" },',
  };
  const notYet = (name: string) => `["${name}"] = request => NotYet("${name}"),`;
  const members = Object.entries(hello).map(([name, value]) => `["${name}"] = ${JSON.stringify(value)}`);
  const text = `${about(hello.name)
    .map((line) => `// ${line}`)
    .join('\n')}
// It is started by "dotnet run driver.cs" (.NET 10); an earlier .NET wants a project: "dotnet new console".
using System.Text;
using System.Text.Json.Nodes;

// This is what the profile says as well.
var hello = new JsonObject { ${members.join(', ')} };

static JsonObject NotYet(string what) =>
    new() { ["answer"] = "failed", ["reason"] = $"not yet: the driver does not do {what}" };

var actions = new Dictionary<string, Func<JsonNode, JsonObject>>
{
${lines(actions, '//', {}, notYet)}
};

JsonObject Act(JsonNode action)
{
    var name = (string)action["name"]!;
    return actions.TryGetValue(name, out var act)
        ? act(action)
        : new() { ["answer"] = "notOffered", ["reason"] = $"the till does not offer {name}" };
}

var calls = new Dictionary<string, Func<JsonNode, JsonObject>>
{
${lines(calls, '//', own, notYet)}
};

using var input = new StreamReader(Console.OpenStandardInput(), new UTF8Encoding(false));
using var output = new StreamWriter(Console.OpenStandardOutput(), new UTF8Encoding(false)) { AutoFlush = true, NewLine = "\\n" };
while (input.ReadLine() is { } line)
{
    var request = JsonNode.Parse(line)!;
    var call = (string)request["call"]!;
    JsonObject answer;
    try
    {
        answer = calls.TryGetValue(call, out var does) ? does(request) : NotYet(call);
    }
    catch (Exception error)
    {
        answer = new() { ["answer"] = "failed", ["reason"] = $"the driver broke: {error.Message}" };
    }
    answer["id"] = request["id"]!.DeepClone();
    output.WriteLine(answer.ToJsonString());
    if (call == "close") break;
}
`;
  return { file: 'driver.cs', command: ['dotnet', 'run', 'driver.cs'], text };
}
