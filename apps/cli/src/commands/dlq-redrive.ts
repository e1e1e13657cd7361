import type { LetterChoice, Redriven } from '@infrafabric/runtime';
import { EXIT, type ExitStatus, strongest } from '../exit-status.ts';
import type { ReportFlags } from '../flags.ts';
import type { Invocation } from '../invocation.ts';
import { openProgress } from '../progress.ts';
import { shownPath } from '../shown-path.ts';
import { untilStopped } from '../stop-signal.ts';
import { statusOfState } from './state-status.ts';

/** Flags of `dlq redrive` besides the choice. */
export interface Redrive {
  readonly json?: boolean;
  readonly verbose?: boolean;
}

/** Redrives the chosen letters and prints the report of each session that did their work again. */
export async function redriven(
  choice: LetterChoice,
  flags: Redrive & ReportFlags,
  invocation: Invocation,
): Promise<ExitStatus> {
  const { terminal, environment } = invocation;
  const signal = untilStopped(terminal, 'cancelling the session');
  const { readConfig, redriveDeadLetters } = await import('@infrafabric/runtime');
  const progress = openProgress(terminal, flags.verbose === true);
  const done = await redriveDeadLetters(readConfig({ flags: {}, environment }), choice, {
    observer: progress,
    signal,
    out: flags.out,
    formats: flags.format,
    onStart: (session, as) => terminal.err(`redriving ${session} as ${as}\n`),
  }).finally(progress.close);
  if (flags.json === true) terminal.document(JSON.stringify(done.map(documentOf), undefined, 2));
  else for (const one of done) await print(one, flags, invocation);
  if (done.length === 0 && flags.json !== true) terminal.err('no dead letter to redrive\n');
  return signal.aborted ? EXIT.cancelled : strongest(done.map(({ state, code }) => statusOfState(state, code)));
}

function documentOf({ session_id, letters, redriven_as, state, written }: Redriven): object {
  return { session_id, letters, redriven_as, state, report: written?.out ?? null };
}

async function print(
  { redriven_as, state, wasOver, written }: Redriven,
  flags: ReportFlags,
  { terminal }: Invocation,
): Promise<void> {
  if (wasOver) terminal.err(`SESSION_TERMINAL: ${redriven_as} was over already: ${state}\n`);
  if (written === undefined) {
    terminal.err(`${redriven_as}: ${state}, no report\n`);
    return;
  }
  const { summaryOf } = await import('../summary.ts');
  const where = { out: shownPath(written.out), root: written.root, formats: flags.format };
  terminal.out(summaryOf(written.report, where, terminal));
}
