import { knownCapabilities, knownQuestions } from '../checklist/index.ts';
import { type PageParts, usualParts } from '../drivers/browser/parts.ts';
import type { Answers } from './questions.ts';

const quoted = (text: string): string => JSON.stringify(text);

const list = (texts: readonly string[]): string => `[${texts.map(quoted).join(', ')}]`;

/** The text of a profile for these answers. `schema` is where the schema of profiles lies, from the profile's folder. */
export function beginningOf(answers: Answers, schema: string, parts: PageParts = usualParts): string {
  const { name, version, apiVersion, capabilities } = answers;
  const abilities = [...knownCapabilities()].map(([one, { description }]) =>
    capabilities.includes(one) ? `  - ${one} # ${description}` : `  # - ${one} # ${description}`,
  );
  const declared = [...knownQuestions()].map(
    ([one, { description, choices }]) =>
      `#   ${one}: ${choices?.[0] ?? 'any text'} # ${description}${choices ? `: ${choices.join(', ')}` : ''}`,
  );
  return [
    `# yaml-language-server: $schema=${schema}`,
    '# "Writing a profile" (docs/profile.md of the kit) explains each part. Look at it with:',
    '#   certify doctor --profile <this file>',
    `name: ${quoted(name)}`,
    `version: ${quoted(version)}`,
    `apiVersion: ${quoted(apiVersion)}`,
    '',
    '# What the POS can. Rows that need something else are not driven.',
    capabilities.length ? 'capabilities:' : 'capabilities: []',
    ...abilities,
    '',
    '# Your answers where the checklist asks a person:',
    '# declared:',
    ...declared,
    '',
    ...words(answers),
    ...driver(answers, parts),
    '',
  ].join('\n');
}

function words({ paid, declined }: Answers): string[] {
  const results = Object.entries({ Captured: paid, Declined: declined }).filter(([, said]) => said.length);
  if (!results.length)
    return [
      '# Where the POS says something else than "Paid" or "Declined", give its words:',
      '# vocabulary:',
      '#   results:',
      '#     Captured: ["all done"]',
      '',
    ];
  return [
    '# The words of the POS; each list replaces that of the kit.',
    'vocabulary:',
    '  results:',
    ...results.map(([result, said]) => `    ${result}: ${list(said)}`),
    '',
  ];
}

function driver({ reach, url, command }: Answers, parts: PageParts): string[] {
  const head = ['# How the kit reaches it.', 'driver:', `  kind: ${reach}`];
  if (reach === 'http')
    return [
      ...head,
      `  url: ${quoted(url)} # its test endpoint, on this machine; DOJO_TILL_SECRET holds the secret`,
      '  answerWithin: 15000 # ms',
    ];
  if (reach === 'command')
    return [
      ...head,
      `  command: ${list(command)} # started without a shell, in the folder of this file`,
      '  answerWithin: 15000 # ms; a POS that takes longer has hung',
    ];
  if (reach === 'attended')
    return [
      ...head,
      '  # operator: Anna Smith # who is at the POS; else the console asks',
      '  # secondDevice: true # there is a second device, or window, of the same POS',
      '  # actions: # how it is done on this POS; the console shows it, with a picture where there is one',
      '  #   sale: { how: ["Type {amount}", "Press Card"], picture: sale.png }',
    ];
  return [...head, ...page(url, parts)];
}

const page = (url: string, { controls, ...parts }: PageParts): string[] => [
  `  url: ${quoted(url)}`,
  '  amounts: pounds # how amounts are typed: pounds (10.50), pence (1050) or comma (10,50)',
  ...(controls.length ? ['  # What was seen on the page:', ...controls.map((one) => `  #   ${one}`)] : []),
  '  display: # where the page shows what',
  `    outcome: ${quoted(parts.outcome)} # the result of a payment`,
  `    prompt: ${quoted(parts.prompt)} # what the card machine is doing`,
  `    notice: ${quoted(parts.notice)} # errors and advice`,
  `    dialogue: ${quoted(parts.dialogue)} # message boxes`,
  '    # ledger: { rows: "#journal tr", words: td.result, total: td.total }',
  '  actions: # what a person does on the page for each; every row begins with these two',
  '    configure:',
  '      - goto: /',
  '      # - { fill: "#api-url", with: "{baseUrl}" }',
  '      # - { fill: "#api-key", with: "{apiKey}" }',
  '      # - click: "#save"',
  '    sale:',
  `      - { fill: ${quoted(parts.amount)}, with: "{amount}" }`,
  '      # - { digits: "#pad", with: "{amount}" } # a number pad',
  '      # - { when: tip, fill: "#tip", with: "{tip}" }',
  `      - click: ${quoted(parts.charge)}`,
  '    # cancel: [{ click: "#cancel", answer: OK }]',
  '    # reset: [{ clickText: New sale }]',
];
