/** All that keeps the kit from judging, by its code, as `errorCodes` has what a user gave wrongly. */
export const blockedCodes = {
  'KIT-BROWSER-004': {
    says: "The kit's own browser gave no answer.",
    mend: 'Leave the machine more of its time: close other programs, or lower `--parallel`.',
  },
  'KIT-BROWSER-005': {
    says: "A worker of the run could not reach the kit's own browser.",
    mend: 'Run again; `doctor` tries the browser.',
  },
  'KIT-CARDS-001': {
    says: 'Nobody can bring this upstream to what the row needs.',
    mend: 'Run the row against the simulator, or give what the message names.',
  },
  'KIT-CARDS-002': {
    says: 'The account has no card machine whose TID ends as the row needs it.',
    mend: 'Ask Dojo for one, or leave out the rows that need it.',
  },
  'KIT-CARDS-003': {
    says: 'Somebody else uses a card machine of the account, or it is offline.',
    mend: 'Wait, or name other card machines in `DOJO_CARD_MACHINES`.',
  },
  'KIT-CARDS-004': {
    says: 'The upstream refused the second API key of the account.',
    mend: 'Correct `DOJO_OTHER_API_KEY`.',
  },
  'KIT-CARDS-005': {
    says: 'The card machine took the card before the row could cancel the payment.',
    mend: 'Run the row again, or against the simulator.',
  },
  'KIT-CARDS-006': {
    says: 'Only on a simulator can the kit be the card machine at a table.',
    mend: 'Run the row against the embedded simulator.',
  },
  'KIT-CARDS-007': {
    says: 'The account lacks the card machine that a person is to have at hand.',
    mend: 'Correct `person.cardMachine` in the profile.',
  },
  'KIT-DISK-001': { says: 'The disk refused a file.', mend: 'Give another folder as `--out`, or make room.' },
  'KIT-DISK-002': {
    says: 'A file that the run had written could not be read again.',
    mend: 'See that nothing changes the folder of a run while it is going on.',
  },
  'KIT-DRIVER-001': {
    says: 'The driver program of the POS did not answer.',
    mend: 'Run its command by hand; [Writing a driver](driver.md) has the messages.',
  },
  'KIT-DRIVER-002': {
    says: 'The test endpoint of the POS did not answer.',
    mend: 'Start the POS in its test build, and check `driver.url` in the profile.',
  },
  'KIT-DRIVER-003': {
    says: 'The test endpoint of the POS took too long to answer.',
    mend: 'Let it answer at once, or raise `driver.answerWithin` in the profile.',
  },
  'KIT-DRIVER-004': {
    says: 'The driver reports a display that cannot be read.',
    mend: 'Correct its display; [Writing a driver](driver.md) has the members.',
  },
  'KIT-DRIVER-005': {
    says: 'The profile and the driver name the POS in words that look the same, and are coded in other characters.',
    mend: 'Copy them from the one to the other.',
  },
  'KIT-DRIVER-006': {
    says: 'The driver says that it drives another POS than the profile describes.',
    mend: 'Correct the profile, or start the POS that it describes.',
  },
  'KIT-DRIVER-007': {
    says: 'A POS that a person drives was to be run without the console.',
    mend: 'Run it with `npm run certify -- --profile FILE`.',
  },
  'KIT-MACHINE-001': {
    says: 'The machine was too slow for the kit to use a page of the POS.',
    mend: 'Leave the machine more of its time: close other programs, or lower `--parallel`.',
  },
  'KIT-MACHINE-002': {
    says: 'The kit cannot listen on this machine.',
    mend: 'Allow this user to open ports of the loopback interface.',
  },
  'KIT-PARALLEL-002': {
    says: 'The profile gives no POS for one of the workers.',
    mend: 'Give more URLs in `driver.url`, or lower `--parallel`.',
  },
  'KIT-POS-001': {
    says: 'Something answers where the kit is to start the POS.',
    mend: 'Stop the POS that runs there; the kit starts it itself.',
  },
  'KIT-POS-002': {
    says: 'The POS that the kit started was not there.',
    mend: 'Start it by hand with the environment of `reach.start.env`, and see that it answers.',
  },
  'KIT-POS-003': {
    says: 'The profile does not say where Dojo calls the POS.',
    mend: 'Name its address in `serves`; one for each POS that runs side by side.',
  },
  'KIT-REACH-002': {
    says: 'No name server knows where the upstream is.',
    mend: 'Name one that does in `reach.nameServer`.',
  },
  'KIT-REACH-005': {
    says: 'The way of the POS to the kit is closed.',
    mend: 'Look for a firewall, or a program that looks into TLS, before the port.',
  },
  'KIT-REACH-006': {
    says: 'The row needs the traffic of the POS, which goes past the kit.',
    mend: 'Lead the traffic through the kit, or leave the row out.',
  },
  'KIT-RUN-001': {
    says: 'The run was stopped before this row.',
    mend: 'Mend what the message names, and run again.',
  },
  'KIT-RUN-002': { says: 'Somebody ended the run in this row.', mend: 'Run again.' },
  'KIT-RUN-003': {
    says: 'A connection was lost in the row.',
    mend: 'Check the network and the upstream, then run the row again.',
  },
  'KIT-RUN-004': { says: 'The kit itself broke.', mend: 'Report it with the message stream of the run.' },
  'KIT-SECRET-002': {
    says: "The test endpoint of the POS refused the kit's secret.",
    mend: 'Give the secret that the POS expects in `DOJO_TILL_SECRET`.',
  },
  'KIT-SIMULATOR-003': {
    says: 'The admin port of the simulator did not do what the kit asked for.',
    mend: 'Check that the simulator is running, and check `--admin-url`.',
  },
  'KIT-TILL-001': {
    says: 'The browser cannot open the page of the POS.',
    mend: 'Start the POS, and check `driver.url` in the profile.',
  },
  'KIT-TILL-002': {
    says: 'The page of the POS cannot be reached.',
    mend: 'Start the POS, and check the address that the message names.',
  },
  'KIT-TILL-003': {
    says: 'The page on which a driven POS shows its display does not open.',
    mend: 'Check `driver.see.page` in the profile.',
  },
  'KIT-TILL-004': {
    says: 'The POS could not be brought to an empty basket.',
    mend: 'Bring it back by hand, or correct how the profile resets it.',
  },
  'KIT-UPSTREAM-010': { says: 'The upstream cannot be reached.', mend: 'Check the address and the network.' },
  'KIT-UPSTREAM-011': {
    says: 'The upstream cannot be reached over verified TLS.',
    mend: 'Check the address; name an authority of your own in `NODE_EXTRA_CA_CERTS`.',
  },
  'KIT-UPSTREAM-012': {
    says: 'The upstream did not list the card machines of the account.',
    mend: 'Check that the address is that of the Dojo API, and that nothing else uses the account.',
  },
  'KIT-UPSTREAM-013': {
    says: 'The upstream did not create a payment intent that the row needs.',
    mend: 'Look after the upstream, then run the row again.',
  },
  'KIT-UPSTREAM-014': {
    says: 'The upstream was out of order or out of reach, or was asked too often, while the row ran.',
    mend: 'Look after the upstream, or use `--parallel 1`, then run the row again.',
  },
  'KIT-UPSTREAM-015': {
    says: 'The upstream refused the API key while the row ran.',
    mend: 'See whether it was revoked or changed, then run again.',
  },
  'KIT-WORKSHOP-006': { says: 'A signal ended `prove` before its time.', mend: 'Run it again.' },
} as const satisfies Record<`KIT-${string}-${number}`, { says: string; mend: string }>;
