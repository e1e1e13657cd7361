import { RULES } from '@infrafabric/agents';
import type { Score } from './score.ts';
import { summaryOf } from './summary.ts';

interface Run {
  readonly estates: number;
  readonly resources: number;
  readonly seed: string;
  readonly withMistakes: boolean;
}

/** Prints a score: by rule, by agent, overall, what was not scored, and which rules were never exercised. */
export function print(score: Score, run: Run): void {
  const summary = summaryOf(score);
  console.log(`${run.estates} estates, ${run.resources} resources, seed ${run.seed}`);
  const rows = [...Object.entries(summary.rules), ...Object.entries(summary.roles), ['all', summary.all] as const];
  console.table(
    Object.fromEntries(
      rows.map(([name, one]) => [
        name,
        {
          found: one.found,
          wrong: one.wrong,
          missed: one.missed,
          undecided: one.undecided,
          fine: one.fine,
          precision: one.precision,
          recall: one.recall,
          'USD error': one.usdError,
        },
      ]),
    ),
  );
  const { net, shares } = summary;
  console.log(
    `net of overlap, ${net.resources} resources: true ${net.trueUsd} USD/month, said ${net.saidUsd}: total off by ${net.totalError}, resource by resource by ${net.usdError}`,
  );
  console.log(
    `on top of it: ${net.rebuiltUsd} USD/month by a smaller machine and another processor at once, ${net.unmeasuredUsd} where memory is not measured; ${shares.withoutBest} of resources have no best plan that people agree on and our table prices`,
  );
  console.log(
    `not scored: ${shares.disputed} of questions (workloads people disagree about), ${shares.unpriced} without a price`,
  );
  console.log(`never exercised: ${summary.neverExercised.join(', ') || 'none'}`);
  console.log(`without planted truth: ${summary.withoutTruth.join(', ') || 'none'} (of ${RULES.length} rules)`);
  if (!run.withMistakes) return;
  for (const [what, { count, example }] of [...score.mistakes].sort((a, b) => b[1].count - a[1].count))
    console.log(`${count} x ${what} (${example})`);
  for (const [what, usd] of [...score.net.byWorkload].sort((a, b) => b[1] - a[1]).slice(0, 25))
    console.log(`${usd.toFixed(2)} USD off: ${what}`);
}
