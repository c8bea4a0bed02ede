// A POS with a drawer and nothing else, driven over its standard input and output. `wrong`: it never opens;
// `wrong-at-first FILE`: not before it is started once more, which it knows by the file.
import { existsSync, writeFileSync } from 'node:fs';
import { createInterface } from 'node:readline';

const [, , how, file] = process.argv;
const wrong = how === 'wrong' || (how === 'wrong-at-first' && !existsSync(file));
if (file) writeFileSync(file, '');
let text = 'Drawer shut';

const replies = {
  hello: () => ({ hello: { name: 'Drawer', version: '1', apiVersion: '2026-02-27' } }),
  display: () => ({ display: { text } }),
  act: ({ action: { reason } }) => {
    if (!wrong) text = reason ? `Drawer open: ${reason}` : 'Drawer open';
    return { answer: 'done' };
  },
  reset: () => {
    text = 'Drawer shut';
    return { answer: 'done' };
  },
};

for await (const line of createInterface({ input: process.stdin })) {
  const message = JSON.parse(line);
  const reply = (replies[message.call] ?? (() => ({ answer: 'done' })))(message);
  process.stdout.write(`${JSON.stringify({ id: message.id, ...reply })}\n`);
  if (message.call === 'close') break;
}
