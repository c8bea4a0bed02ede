/** One process of the pool: runs the parts that it is handed one after another, and ends with its parent. */
import { loadChecklist } from '../../checklist/index.ts';
import { wrongSubjects } from '../../checklists/galleries.ts';
import { loadContract } from '../../contract/index.ts';
import { Blocked } from '../../record/blocked.ts';
import { UsageError } from '../../record/usage-error.ts';
import { Interrupted, runPart } from './proof.ts';
import type { Answer, Task } from './proof-pool.ts';

const contract = loadContract();

process.on('disconnect', () => process.exit(3));
process.on('message', async (task: Task) => {
  const answer = await answerTo(task);
  process.send!(answer satisfies Answer);
});

async function answerTo({ mutant, checklist, rows, name, ...bench }: Task): Promise<Answer> {
  try {
    const catalogue = loadChecklist(checklist);
    const part = {
      mutant: wrongSubjects.find(({ id }) => id === mutant)!,
      catalogue,
      rows: catalogue.rows.filter(({ id }) => rows.includes(id)),
      name,
    };
    const outcome = await runPart(part, { ...bench, contract });
    return { outcome, memory: process.memoryUsage.rss() };
  } catch (error) {
    // The runner can't be stopped otherwise.
    if (error instanceof Interrupted) process.exit(3);
    if (error instanceof Blocked) return { error: error.text };
    const plain = error instanceof UsageError;
    const text = error instanceof Error ? (plain ? error.message : error.stack) : String(error);
    return { error: text ?? String(error) };
  }
}
