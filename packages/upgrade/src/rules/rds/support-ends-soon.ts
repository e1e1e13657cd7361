import { type FigureRequest, type Subject, type Verdict, defineRule } from '@infrafabric/finops';
import { dayAfter, daysBetween } from '../../calendar-day.ts';
import { DAYS_UNTIL } from '../../days-until.ts';
import { chosenDate } from '../../lifecycle.ts';
import { majorStepText } from '../../major-step.ts';
import { judgeEngine } from '../../rds-engine.ts';
import { rdsSurchargeFigures } from '../../rds-surcharge-figures.ts';
import { type Dated, advice, dateText } from '../../support-verdict.ts';
import { RDS_SURCHARGE } from '../../surcharge.ts';

const SOON_DAYS = 180;

/** Finds DB instances whose engine version leaves standard support within 180 days, with the surcharge that follows. */
export const rdsSupportEndsSoon = defineRule({
  id: 'rds-support-ends-soon',
  ref: 'RDS-06',
  role: 'upgrade-risk',
  service: 'rds',
  title: 'DB engine standard support ends soon',
  appliesTo: 'RdsDbInstance',
  reads: [],
  actionType: 'Review',
  step: 'generation',
  severity: 4,
  effort: 'High',
  risk: 'High',
  restartNeeded: true,
  rollbackPossible: false,
  inputs: ['rds:DescribeDBInstances Engine, EngineVersion, DBInstanceClass, MultiAZ', 'life-cycle table'],
  formula: 'No saving is computed before the day: the surcharge begins then',
  implementation: ['Read the upgrade notes of the next major version.', 'Plan the upgrade before the named day.'],
  rollback: 'Nothing is changed by planning; a major upgrade cannot be undone in place.',
  documentation: 'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/extended-support.html',
  thresholds: [
    {
      name: 'rds_support_soon_days',
      value: SOON_DAYS,
      unit: 'days',
      source: 'flexera-public/policy_templates, AWS extended support policy look-ahead, 2026-08-20',
    },
  ],
  sources: [
    'Amazon RDS and Aurora release calendars, 2026-10-01 (public copy); further sources stand in the life-cycle table',
  ],
  derivations: [DAYS_UNTIL, RDS_SURCHARGE],
  judge: (subject) => judgeEngine(subject, (name, dated) => judgeInstance(subject, name, dated)),
});

function judgeInstance(subject: Subject, name: string, { entry, state }: Dated): Verdict {
  const window = subject.settings['rds_support_soon_days'] ?? SOON_DAYS;
  if (state.phase !== 'STANDARD' || state.lastDay === undefined) return { verdict: 'OK' };
  if (daysBetween(subject.asOf, state.lastDay) > window) return { verdict: 'OK' };
  const surcharge = surchargeThen(subject, { entry, state });
  const then = surcharge === undefined ? '' : `; extended support then costs {surcharge_then}`;
  const finding = advice(subject, entry, {
    statement: `Standard support of ${name} ends on ${dateText(entry.value, 'standard_end')}, in {days_left}${then}. ${majorStepText(subject.item)}`,
    until: 'standard_end',
    confidenceFrom: ['standard_end'],
  });
  return surcharge === undefined ? finding : { ...finding, figures: [...finding.figures, surcharge] };
}

/** The surcharge from its first day on, as a projection; `undefined` where none is sold or its price is unknown. */
function surchargeThen(subject: Subject, { entry, state }: Dated): FigureRequest | undefined {
  const start = chosenDate(entry.value, 'extended_billing_start') ?? dayAfter(state.lastDay ?? subject.asOf);
  const money = rdsSurchargeFigures(subject, entry, start);
  return 'verdict' in money ? undefined : { ...money.listSaving, name: 'surcharge_then' };
}
