import { type Subject, type Verdict, defineRule } from '@infrafabric/finops';
import { type DateField, chosenDate } from '../../lifecycle.ts';
import { judgeRuntime } from '../../lambda-runtime.ts';
import { type Dated, advice, dateText } from '../../support-verdict.ts';

/** Finds functions on a deprecated runtime: no security patches, and in time no updates of the function. */
export const lambdaDeprecatedRuntime = defineRule({
  id: 'lambda-deprecated-runtime',
  ref: 'LAM-EOL',
  role: 'upgrade-risk',
  service: 'lambda',
  title: 'Lambda runtime is deprecated',
  appliesTo: 'LambdaFunction',
  reads: [],
  actionType: 'Review',
  step: 'generation',
  severity: 6,
  effort: 'Medium',
  risk: 'Medium',
  restartNeeded: false,
  rollbackPossible: true,
  inputs: ['lambda:ListFunctions Runtime, PackageType', 'life-cycle table'],
  formula: 'No saving is computed: AWS stops patching, then stops updates of such functions',
  implementation: ['Move the code to the next runtime and run its tests.', 'Publish a version and move the alias.'],
  rollback: 'Point the alias to the old version, as long as AWS lets it run.',
  documentation: 'https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html',
  thresholds: [],
  sources: [
    'AWS Lambda Developer Guide, Lambda runtimes: deprecation and block dates (undated copies of 2026; endoflife.date 2026-08-22; awslabs/aws-service-eol-data 2026-09-13)',
  ],
  derivations: [],
  judge: (subject) => judgeRuntime(subject, (runtime, dated) => judgeFunction(subject, runtime, dated)),
});

function judgeFunction(subject: Subject, runtime: string, { entry, state }: Dated): Verdict {
  if (state.phase === 'STANDARD') return { verdict: 'OK' };
  const isUpdateBlocked = isReached(subject, entry.value, 'block_update');
  const blocks = [
    blockText(subject, entry.value, 'block_create', 'creating'),
    blockText(subject, entry.value, 'block_update', 'updating'),
  ].filter((text) => text !== '');
  return advice(subject, entry, {
    statement: `Runtime ${runtime} is deprecated: AWS supported it until ${dateText(entry.value, 'standard_end')}. ${blocks.join(' ')} Functions keep running without security patches; there is no fee.`,
    confidenceFrom: ['standard_end'],
    severity: isUpdateBlocked ? 8 : 6,
  });
}

function blockText(subject: Subject, entry: Dated['entry']['value'], field: DateField, what: string): string {
  if (chosenDate(entry, field) === undefined) return '';
  const verb = isReached(subject, entry, field) ? 'has been blocked since' : 'is blocked from';
  return `Its ${what} ${verb} ${dateText(entry, field)}.`;
}

/** Whether a first day is reached; the day itself counts. */
function isReached(subject: Subject, entry: Dated['entry']['value'], field: DateField): boolean {
  const date = chosenDate(entry, field);
  return date !== undefined && subject.asOf >= date;
}
