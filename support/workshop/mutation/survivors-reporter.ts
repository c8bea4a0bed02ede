import type { Reporter } from '@stryker-mutator/api/report';
import { counted } from '../../record/counted.ts';
import { compareSurvivors, explained, type MutationReport } from './survivors.ts';

/** Says of which survivors nobody has said why they may survive; then the command fails. */
export class SurvivorsReporter implements Reporter {
  onMutationTestReportReady(report: unknown): void {
    const { survivors, unexplained, outdated } = compareSurvivors(report as MutationReport, explained());
    console.log(
      `${counted(survivors, 'mutant')} survived, ${survivors - unexplained.length} of them for a known reason.`,
    );
    tell('Write a test that kills these, or say in survivors.yaml why none can:', unexplained);
    tell('These have gone, and their explanations in survivors.yaml with them:', outdated);
    if (unexplained.length || outdated.length) process.exitCode = 1;
  }
}

function tell(what: string, lines: readonly string[]): void {
  if (lines.length) console.log([what, ...lines.map((line) => `  ${line}`)].join('\n'));
}
