import { type Subject, type Verdict, defineRule } from '@infrafabric/finops';
import { daysBetween } from '../../calendar-day.ts';
import { DAYS_UNTIL } from '../../days-until.ts';
import { judgeRuntime } from '../../lambda-runtime.ts';
import { type Dated, advice, dateText } from '../../support-verdict.ts';

const SOON_DAYS = 180;

/** Finds functions whose runtime is deprecated within 180 days. */
export const lambdaRuntimeEndsSoon = defineRule({
  id: 'lambda-runtime-ends-soon',
  ref: 'LAM-EOL-SOON',
  role: 'upgrade-risk',
  service: 'lambda',
  title: 'Lambda runtime is deprecated soon',
  appliesTo: 'LambdaFunction',
  reads: [],
  actionType: 'Review',
  step: 'generation',
  severity: 3,
  effort: 'Medium',
  risk: 'Medium',
  restartNeeded: false,
  rollbackPossible: true,
  inputs: ['lambda:ListFunctions Runtime, PackageType', 'life-cycle table'],
  formula: 'No saving is computed: the date is what matters',
  implementation: [
    'Move the code to the next runtime and run its tests.',
    'Publish a version and move the alias before the named day.',
  ],
  rollback: 'Point the alias to the old version.',
  documentation: 'https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html',
  thresholds: [
    {
      name: 'lambda_runtime_soon_days',
      value: SOON_DAYS,
      unit: 'days',
      source: 'AWS Lambda Developer Guide: notice at least 180 days before deprecation, read 2026-11-20',
    },
  ],
  sources: [
    'AWS Lambda Developer Guide, Lambda runtimes: deprecation dates (endoflife.date 2026-08-22; awslabs/aws-service-eol-data 2026-09-13)',
  ],
  derivations: [DAYS_UNTIL],
  judge: (subject) => judgeRuntime(subject, (runtime, dated) => judgeFunction(subject, runtime, dated)),
});

function judgeFunction(subject: Subject, runtime: string, { entry, state }: Dated): Verdict {
  const window = subject.settings['lambda_runtime_soon_days'] ?? SOON_DAYS;
  if (state.phase !== 'STANDARD' || state.lastDay === undefined) return { verdict: 'OK' };
  if (daysBetween(subject.asOf, state.lastDay) > window) return { verdict: 'OK' };
  return advice(subject, entry, {
    statement: `Support of the runtime ${runtime} ends on ${dateText(entry.value, 'standard_end')}, in {days_left}; after that it gets no security patches.`,
    until: 'standard_end',
    confidenceFrom: ['standard_end'],
  });
}
