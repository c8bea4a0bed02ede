import { listed } from '../../checklist/check.ts';
import type { Beginning, Foothold } from '../../checklist/index.ts';

/** What doctor says of an EPOS before a run: whether Dojo's calls find it, or its WebSocket finds Dojo. */
export function footholds({ capabilities, declared, called, simulated }: Beginning): Foothold[] {
  const adapter = declared.eposAdapter;
  const opens = adapter === 'WebSocket' || adapter === 'mixed';
  const wants = capabilities.includes('websocket');
  return [
    ...(adapter === 'WebSocket' ? [] : [calls(called)]),
    ...(opens || wants ? [socket({ adapter, opens, wants, simulated })] : []),
  ];
}

const calls = (called: readonly string[]): Foothold => ({
  name: 'calls',
  expected: 'an address at which Dojo calls the POS over REST',
  ok: called.length ? 'yes' : 'no',
  found: called.length ? `at ${listed(called)}` : 'the profile names none',
  advice: 'Name it in `serves`, such as http://127.0.0.1:8080; one for each POS that runs side by side.',
});

interface Socket {
  readonly adapter: string | undefined;
  readonly opens: boolean;
  readonly wants: boolean;
  readonly simulated: boolean;
}

function socket({ adapter, opens, wants, simulated }: Socket): Foothold {
  const missing = [
    ...(wants ? [] : ['`websocket` is not among the `capabilities`, so that PAT-ERR-01 is left out']),
    ...(opens ? [] : [`\`declared.eposAdapter\` is ${adapter ?? 'not there'}`]),
    ...(simulated
      ? []
      : ['the upstream is not a simulator: only there can the kit call over a WebSocket as Dojo does']),
  ];
  return {
    name: 'WebSocket',
    expected: 'the POS to open one to Dojo',
    ok: missing.length ? 'note' : 'yes',
    found: missing.length
      ? missing.join('; ')
      : 'GET /epos below the address that the POS is given, with ws in place of http; the API key goes along as it is, with software-house-id',
    advice: 'Add what is missing to the profile, and run against the embedded simulator.',
  };
}
