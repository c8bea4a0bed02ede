// Stands in for GitHub's command line tool: answers from a folder, and writes down what it was called with.
import { appendFileSync, cpSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const { STAND_IN_GITHUB: hub, STAND_IN_REFUSES: refused, GH_TOKEN, GH_REPO } = process.env;
const args = process.argv.slice(2);
const input = args.includes('--body-file') ? readFileSync(0, 'utf8') : '';
appendFileSync(join(hub, 'calls.ndjson'), `${JSON.stringify({ args, input })}\n`);

const fail = (why) => {
  console.error(why);
  process.exit(4);
};
if (!GH_TOKEN) fail('To use GitHub CLI in a GitHub Actions workflow, set the GH_TOKEN environment variable.');
if (!GH_REPO) fail('failed to determine the repository');
if (refused && args.join(' ').startsWith(refused)) fail('HTTP 502: Bad Gateway');

const option = (name) => args[args.indexOf(name) + 1];
const issuesFile = join(hub, 'issues.json');
const issues = existsSync(issuesFile) ? JSON.parse(readFileSync(issuesFile, 'utf8')) : [];
const keep = () => writeFileSync(issuesFile, JSON.stringify(issues));
const issue = () => issues.find(({ number }) => String(number) === args[2]) ?? fail(`no issue ${args[2]}`);

const commands = {
  api: () => {
    const name = new URL(args[1], 'https://api.invalid').searchParams.get('name');
    const runs = join(hub, 'artifacts');
    const artifacts = readdirSync(runs)
      .filter((run) => existsSync(join(runs, run, name)))
      .map((run) => ({
        name,
        expired: false,
        // Run ids grow, and here so do the times.
        created_at: new Date(Number(run)).toISOString(),
        workflow_run: { id: Number(run), head_branch: 'main' },
      }));
    console.log(JSON.stringify({ total_count: artifacts.length, artifacts }));
  },
  'run download': () =>
    cpSync(join(hub, 'artifacts', args[2], option('--name')), option('--dir'), { recursive: true }),
  'label create': () => {},
  'issue list': () =>
    console.log(
      JSON.stringify(
        issues
          .filter(({ state, label }) => state === 'open' && label === option('--label'))
          .map(({ number, body }) => ({ number, body })),
      ),
    ),
  'issue create': () => {
    const number = issues.length + 1;
    issues.push({
      number,
      state: 'open',
      label: option('--label'),
      title: option('--title'),
      body: input,
      comments: [],
    });
    keep();
    console.log(`https://github.invalid/${GH_REPO}/issues/${number}`);
  },
  'issue edit': () => {
    Object.assign(issue(), { title: option('--title'), body: input });
    keep();
  },
  'issue comment': () => {
    issue().comments.push(input);
    keep();
  },
  'issue close': () => {
    issue().state = 'closed';
    keep();
  },
};
const command = commands[args[0]] ?? commands[args.slice(0, 2).join(' ')];
if (!command) fail(`unknown command "${args.join(' ')}"`);
command();
