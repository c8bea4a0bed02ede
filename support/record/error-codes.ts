import type { blockedCodes } from './blocked-codes.ts';

/**
 * Every error that a user can be shown with exit code 2, by its code. A code means one thing for ever: one that is no longer
 * used is removed, and never given to another error. `docs/errors.md` is made from this list.
 */
export const errorCodes = {
  'KIT-BROWSER-001': {
    says: '`DOJO_BROWSER` names a file that does not exist.',
    mend: 'Correct or unset it.',
  },
  'KIT-BROWSER-002': {
    says: 'There is no browser on this machine, and none could be installed.',
    mend: 'Install Chrome, Edge or Chromium, or use `--pos headless`.',
  },
  'KIT-BROWSER-003': { says: 'The browser does not start.', mend: 'Name another one in `DOJO_BROWSER`.' },
  'KIT-CHECKLIST-001': {
    says: '`--checklist` names a checklist that the kit does not have.',
    mend: 'Choose one that the message lists.',
  },
  'KIT-CHECKLIST-002': {
    says: 'A record is of a checklist that this version of the kit does not have.',
    mend: 'Use the version of the kit that made the run.',
  },
  'KIT-CHECKLIST-003': {
    says: 'The rows of a checklist hold what the kit does not read.',
    mend: 'Correct `rows.yaml` at the row that the message names.',
  },
  'KIT-COMPARE-001': {
    says: 'A bundle that is compared was edited, or no certificate can be made of it.',
    mend: 'Take it again from where it came from.',
  },
  'KIT-CONTRACT-001': {
    says: 'The description given with `--contract` cannot be read, or is not OpenAPI 3.0 or 3.1.',
    mend: 'Correct the file, or leave `--contract` out.',
  },
  'KIT-EXPORT-001': {
    says: '`export` lacks the row, or the run does not hold it.',
    mend: 'Give `--row` one of the ids that the message lists.',
  },
  'KIT-INIT-001': {
    says: '`init` would write over a file that is there.',
    mend: 'Give another name with `--out`, or move the file away.',
  },
  'KIT-INIT-002': {
    says: 'An answer to `init` is missing, unknown, or none that it can use.',
    mend: 'Correct the line that the message names.',
  },
  'KIT-INIT-003': {
    says: '`init` has nobody to ask: it was not started at a terminal.',
    mend: 'Write the answers into a file, and give it with `--answers`.',
  },
  'KIT-INIT-004': { says: 'The file with the answers to `init` is not there.', mend: 'Correct the path.' },
  'KIT-KEY-001': {
    says: 'There is no key to sign with.',
    mend: 'Make one: `npm run certify -- keys make --name "Your company"`.',
  },
  'KIT-KEY-002': {
    says: 'There is a key for this role already.',
    mend: 'Sign with it, or replace it: `npm run certify -- keys rotate`.',
  },
  'KIT-KEY-003': {
    says: 'A private key cannot be read.',
    mend: 'Restore its file, or replace it: `npm run certify -- keys rotate`.',
  },
  'KIT-KEY-004': {
    says: 'A file is not a public key of the kit.',
    mend: 'Ask its owner for the file that `keys export` wrote.',
  },
  'KIT-KEY-005': { says: '`keys make --name` is empty.', mend: 'Say whose key it is.' },
  'KIT-KEY-006': { says: '`keys export --out` names a file that is there.', mend: 'Give another name.' },
  'KIT-KITS-001': { says: 'A list of known kits cannot be read from the disk.', mend: 'Check the path.' },
  'KIT-KITS-002': {
    says: 'A file is not a signed list of known kits.',
    mend: 'Give the file `known-kits.json` of a release.',
  },
  'KIT-KITS-003': {
    says: 'A list of known kits was changed, or is signed by a key that you do not know.',
    mend: 'Take the list from a release, or pin the key that signs releases.',
  },
  'KIT-KITS-004': {
    says: 'The kit does not hold the key with which you sign releases.',
    mend: 'Write it to `support/review/kits/release-key.json` with `keys export --role release`, and commit it.',
  },
  'KIT-NIGHT-001': {
    says: 'GitHub’s command line tool failed.',
    mend: 'Give the step `GH_TOKEN`, and the job the permissions `actions: read` and `issues: write`.',
  },
  'KIT-NIGHT-002': {
    says: 'GitHub’s command line tool did not answer with JSON.',
    mend: 'Look at its version on this machine.',
  },
  'KIT-NIGHT-003': {
    says: 'A file is not a certificate of the kit.',
    mend: 'Make it again with `npm run report`, or `nightly merge` for shards.',
  },
  'KIT-NIGHT-004': { says: 'The outcome of a part was cut or changed.', mend: 'Run the part again.' },
  'KIT-NIGHT-005': {
    says: 'The folder for the whole night holds the record of a run.',
    mend: 'Give another folder.',
  },
  'KIT-NIGHT-006': {
    says: 'The folder of a part holds a run already, so the part was not run.',
    mend: 'Give another folder as `--out`, or remove the old one.',
  },
  'KIT-NIGHT-007': {
    says: 'The file of known failures cannot be read from the disk.',
    mend: 'Check the path.',
  },
  'KIT-NIGHT-008': {
    says: 'The file of known failures is not of its form: an entry lacks its check, reason or day, or is there twice.',
    mend: 'Correct the entry that the message names.',
  },
  'KIT-NIGHT-009': {
    says: 'A known failure names a row or a check that the checklist does not have.',
    mend: 'Copy the name from the certificate, as `row/check`.',
  },
  'KIT-NIGHT-010': {
    says: '`nightly tell` is given known failures, but nothing to compare with.',
    mend: 'Give `--watch` too.',
  },
  'KIT-OPTION-001': {
    says: 'The command line cannot be read: an option or a word is unknown, missing, or not of the form that it must have.',
    mend: '`--help` lists the options of a command.',
  },
  'KIT-OPTION-002': {
    says: 'npm kept options for itself.',
    mend: 'Put `--` before the options of the command, as the message shows.',
  },
  'KIT-OPTION-003': { says: 'A quote in a line of options is not closed.', mend: 'Close it.' },
  'KIT-OUT-001': {
    says: '`--out` names a file, or a place below one.',
    mend: 'Give the path of a folder; the kit makes it.',
  },
  'KIT-PARALLEL-001': {
    says: '`--parallel` asks for more POSs than the profile allows.',
    mend: 'Allow more in the profile, or lower `--parallel`.',
  },
  'KIT-PARALLEL-003': {
    says: 'A person drives the POS, and `--parallel` asks for several rows at once.',
    mend: 'Leave `--parallel` out.',
  },
  'KIT-PROFILE-001': { says: 'The profile cannot be read from the disk.', mend: 'Check the path.' },
  'KIT-PROFILE-002': { says: 'The profile is UTF-16.', mend: 'Save it as UTF-8.' },
  'KIT-PROFILE-003': { says: 'A letter of the profile is not UTF-8.', mend: 'Save it as UTF-8.' },
  'KIT-PROFILE-004': { says: 'The profile is not YAML.', mend: 'Correct the line that the message names.' },
  'KIT-PROFILE-005': {
    says: 'The profile has a merge key `<<`, which YAML 1.2 does not have.',
    mend: 'Write the members out.',
  },
  'KIT-PROFILE-006': {
    says: 'An alias in the profile has no anchor before it.',
    mend: 'Write the text in quotes, if it is one.',
  },
  'KIT-PROFILE-007': {
    says: 'An alias is within something that has an anchor.',
    mend: 'Write out what it stands for.',
  },
  'KIT-PROFILE-008': {
    says: 'A value in the profile is not what the schema allows.',
    mend: '[Writing a profile](profile.md) explains each part.',
  },
  'KIT-PROFILE-009': {
    says: 'A step in the profile cannot be carried out, or two of its parts contradict each other.',
    mend: '[Writing a profile](profile.md) explains the parts and the steps.',
  },
  'KIT-PROFILE-010': {
    says: 'Words in the vocabulary say the contrary of the result that they are given for.',
    mend: 'Remove them; the POS has to use other words.',
  },
  'KIT-PROFILE-011': {
    says: 'Words in the vocabulary are given for more than one result.',
    mend: 'Remove them from all results but one.',
  },
  'KIT-REACH-001': {
    says: 'The upstream would be the kit itself.',
    mend: 'Give another `--gateway-port`, or a name server that knows where the API is as `reach.nameServer`.',
  },
  'KIT-REACH-003': {
    says: 'The kit cannot listen where the POS is to find it.',
    mend: 'Stop what listens at that port, choose another, or give the right to open it.',
  },
  'KIT-REACH-004': {
    says: 'The options for how the POS gets to the kit contradict each other, or one is missing.',
    mend: '[A POS whose address cannot be set](reach.md) explains them.',
  },
  'KIT-REACH-007': {
    says: 'A phone was named for the console of a run that needs nobody.',
    mend: 'Leave `--phone` out.',
  },
  'KIT-RECORD-001': {
    says: 'The folder holds no record of a run.',
    mend: 'Give the folder that `certify` wrote.',
  },
  'KIT-RECORD-002': {
    says: 'The folder to write to holds a run already.',
    mend: 'Give another folder as `--out`.',
  },
  'KIT-RECORD-003': {
    says: 'Another run has begun in the same folder.',
    mend: 'Give another folder as `--out`.',
  },
  'KIT-RECORD-004': {
    says: 'The record of a run is damaged, is not of this kit, or does not fit the other shards.',
    mend: 'Take the files again from where they were first kept, or run again.',
  },
  'KIT-REVIEW-001': {
    says: 'The draft of a review cannot be read.',
    mend: 'Remove it to begin anew, or restore it.',
  },
  'KIT-REVIEW-002': { says: 'A signed review cannot be read from the disk.', mend: 'Check the path.' },
  'KIT-REVIEW-003': {
    says: 'A file is not a signed review.',
    mend: 'Ask the reviewer for the file that `npm run certify -- review` signed.',
  },
  'KIT-REVIEW-004': {
    says: 'A review is signed by a key that you do not know, or by a partner’s.',
    mend: 'Pin the reviewer’s key: `npm run certify -- keys pin FILE`.',
  },
  'KIT-REVIEW-005': { says: 'A signed review was changed.', mend: 'Ask the reviewer for it again.' },
  'KIT-REVIEW-006': {
    says: 'A word of a reviewer lacks its row, its reason, its name, or its last day.',
    mend: 'Give what the message names.',
  },
  'KIT-REVIEW-007': {
    says: 'The bundle was edited or contradicts itself, so nobody can decide on it.',
    mend: 'Ask the partner for the bundle again.',
  },
  'KIT-REVIEW-008': { says: 'There is no bundle to review.', mend: 'Check the path.' },
  'KIT-RESUME-001': {
    says: 'The record of a run that is to go on was changed since the run wrote it.',
    mend: 'Begin a new run.',
  },
  'KIT-RESUME-002': {
    says: 'Nothing is left to run in the run that is to go on.',
    mend: 'Use `--rerun-failed` for a run that has ended, or begin a new one.',
  },
  'KIT-RESUME-003': {
    says: 'The POS, its profile, the kit or the upstream is another than the one that the run began with.',
    mend: 'Begin a new run, or go on with what it began with.',
  },
  'KIT-RESUME-004': {
    says: 'An option was given that a run that goes on cannot change.',
    mend: 'Leave the option out, or begin a new run.',
  },
  'KIT-RESUME-005': {
    says: 'The profile that a run began with is not where it was.',
    mend: 'Give it with `--profile`.',
  },
  'KIT-ROW-001': {
    says: '`--rows`, `--section` and `--shard` together select no row.',
    mend: 'Widen one of them.',
  },
  'KIT-ROW-002': {
    says: '`--rows` names a row that the checklist does not have.',
    mend: '[How each row is judged](rows.md) lists the rows.',
  },
  'KIT-ROW-003': {
    says: '`--section` names a section that the checklist does not have.',
    mend: 'Choose one that the message lists.',
  },
  'KIT-ROW-004': {
    says: '`npm run row` got no id of a row, or one that no checklist has.',
    mend: 'Type, for example, `npm run row PAC-SALE-05`.',
  },
  'KIT-SEAL-001': {
    says: 'The run to be sealed was edited.',
    mend: 'Seal the files that the run left behind, or run again.',
  },
  'KIT-SEAL-002': {
    says: '`--settle` names an alarm that this run does not have.',
    mend: 'Leave it out.',
  },
  'KIT-SEAL-003': {
    says: '`--settle` lacks who says so, or why.',
    mend: 'Give `--reason` and `--by` beside it.',
  },
  'KIT-PHOTO-001': {
    says: 'The photo to be deleted is none that a person gave in this run, or it was deleted before.',
    mend: 'Give the name of a photo as the certificate shows it.',
  },
  'KIT-PHOTO-002': {
    says: 'A photo was to be deleted from a record that was edited, or from a run that is not over.',
    mend: 'Give the files that the run left behind.',
  },
  'KIT-PHOTO-003': {
    says: 'A photo was to be deleted from a bundle that another key sealed.',
    mend: 'Ask whoever sealed it.',
  },
  'KIT-PHOTO-004': {
    says: 'It lacks who deletes a photo, or why.',
    mend: 'Give `--by` and `--reason`.',
  },
  'KIT-PHOTO-005': {
    says: 'A photo was to be deleted from a bundle that was edited.',
    mend: 'Take the bundle again from where it came from.',
  },
  'KIT-ASK-001': {
    says: 'The file with what a partner asks of the reviewer is of another run, or cannot be read.',
    mend: 'Remove it, and ask again.',
  },
  'KIT-ASK-002': {
    says: 'What a partner asks of the reviewer lacks something, or the row cannot be given that.',
    mend: 'Give `--row`, `--by` and `--reason`; `--waiver` only for a row that failed, with a last day.',
  },
  'KIT-SECRET-001': {
    says: "The secret of the POS's test endpoint is not in the environment.",
    mend: 'Set `DOJO_TILL_SECRET`, in the environment or in `.env`.',
  },
  'KIT-SIMULATOR-001': {
    says: 'A port of the simulator is in use.',
    mend: 'Choose another, or 0 for any free one.',
  },
  'KIT-SIMULATOR-002': {
    says: 'The certificate of the simulator cannot be written.',
    mend: 'Name another file after `--tls`.',
  },
  'KIT-UPSTREAM-001': {
    says: '`--allow-production` was given without `--rows`.',
    mend: 'Name the rows for which real money may move.',
  },
  'KIT-UPSTREAM-002': {
    says: '`--admin-url` was given without the URL of a simulator.',
    mend: 'Give `--upstream URL`, or leave `--admin-url` out.',
  },
  'KIT-UPSTREAM-003': {
    says: 'Settings for the upstream are missing.',
    mend: 'Set them in the environment or in `.env`; `.env.example` explains each.',
  },
  'KIT-UPSTREAM-004': {
    says: 'The key is a production key, with which real money would move.',
    mend: 'Use a key that starts with `sk_sandbox_`.',
  },
  'KIT-UPSTREAM-005': {
    says: 'A setting holds characters that no HTTP header can carry.',
    mend: 'Copy it again from the developer portal.',
  },
  'KIT-UPSTREAM-006': {
    says: 'The address of the upstream has a path, a query or credentials.',
    mend: 'Give scheme, host and port alone.',
  },
  'KIT-UPSTREAM-007': { says: 'The address of the upstream is not a URL.', mend: 'Correct it.' },
  'KIT-UPSTREAM-008': {
    says: 'The upstream refused the API key.',
    mend: 'Check `DOJO_API_KEY`, `DOJO_SOFTWARE_HOUSE_ID` and `DOJO_RESELLER_ID`.',
  },
  'KIT-UPSTREAM-009': {
    says: '`DOJO_CARD_MACHINES` names a card machine that the account does not have.',
    mend: 'Name machines that the message lists, or unset it.',
  },
  'KIT-VERIFY-001': {
    says: '`--head` was given more often than there are records.',
    mend: 'Leave out the heads of other runs.',
  },
  'KIT-VERIFY-002': {
    says: 'The bundle cannot be unpacked.',
    mend: 'Take it again from where it came from.',
  },
  'KIT-VERIFY-004': {
    says: '`verify` was given a bundle among other paths, or an option of the other kind.',
    mend: 'Verify each bundle by itself; `--review` goes with a bundle, `--out` with folders.',
  },
  'KIT-VERIFY-003': {
    says: 'The bundle holds no record.',
    mend: 'Give the file that `npm run certify -- seal` wrote.',
  },
  'KIT-WORKSHOP-001': {
    says: '`prove --only` names a mutant that the gallery does not have.',
    mend: '`docs/proof.md` has their ids.',
  },
  'KIT-WORKSHOP-002': {
    says: '`fuzz` names a part that cannot be fuzzed.',
    mend: 'Choose one that the message lists.',
  },
  'KIT-WORKSHOP-003': { says: 'An option of `fuzz` is not a number above 0.', mend: 'Correct it.' },
  'KIT-WORKSHOP-004': {
    says: '`bench --only` names a part that is not measured.',
    mend: 'Choose one that the message lists.',
  },
  'KIT-WORKSHOP-005': {
    says: 'npm cannot fetch what the benchmark compares with.',
    mend: 'Run it where the package registry can be reached, or use `--only rows`.',
  },
} as const satisfies Record<`KIT-${string}-${number}`, { says: string; mend: string }>;

export type ErrorCode = keyof typeof errorCodes | keyof typeof blockedCodes;

/** A message with its code at the end, where a reader and a search find it. */
export const coded = (code: ErrorCode | undefined, message: string): string =>
  code ? `${message.trimEnd()} (${code})` : message.trimEnd();
