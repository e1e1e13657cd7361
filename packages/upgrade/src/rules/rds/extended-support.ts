import { type Subject, type Verdict, defineRule } from '@infrafabric/finops';
import { DAYS_UNTIL } from '../../days-until.ts';
import { textOf } from '../../item-field.ts';
import { chargedPhase } from '../../lifecycle.ts';
import { majorStepText } from '../../major-step.ts';
import { hasNoExtendedSupport, judgeEngine } from '../../rds-engine.ts';
import { rdsSurchargeFigures } from '../../rds-surcharge-figures.ts';
import { type Dated, advice, dateText, endText, pastText, withSurcharge } from '../../support-verdict.ts';
import { RDS_EXTENDED_COST, RDS_SURCHARGE } from '../../surcharge.ts';

/** Finds DB instances in RDS Extended Support, charged per vCPU-hour on top of the instance, and those past it. */
export const rdsExtendedSupport = defineRule({
  id: 'rds-extended-support',
  ref: 'RDS-05',
  role: 'upgrade-risk',
  service: 'rds',
  title: 'DB instance in extended support',
  appliesTo: 'RdsDbInstance',
  reads: [],
  actionType: 'Upgrade',
  step: 'surcharge',
  severity: 6,
  effort: 'High',
  risk: 'High',
  restartNeeded: true,
  rollbackPossible: false,
  inputs: [
    'rds:DescribeDBInstances Engine, EngineVersion, DBInstanceClass, MultiAZ, EngineLifecycleSupport',
    'life-cycle table',
    'vCPU-hour price of extended support by region and year',
  ],
  formula: 'vCPU of the class x price of the year x 730, twice for Multi-AZ',
  implementation: [
    'Read the upgrade notes of the next major version.',
    'Upgrade a restored copy or a blue/green deployment and test it.',
    'Switch over in a maintenance window.',
  ],
  rollback: 'None in place: keep the old side of the blue/green deployment, or restore the snapshot.',
  documentation: 'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/extended-support.html',
  thresholds: [],
  sources: [
    'Amazon RDS and Aurora release calendars, 2026-10-01 (public copy); further sources stand in the life-cycle table',
    'awslabs/aws-service-extended-support-pricing data/pricing.json, 2026-09-16: USD per vCPU-hour by region',
    'Amazon RDS User Guide, Amazon RDS Extended Support: enrolment (EngineLifecycleSupport), standby and replicas are charged, 2026',
  ],
  derivations: [DAYS_UNTIL, RDS_EXTENDED_COST, RDS_SURCHARGE],
  judge(subject) {
    if (hasNoExtendedSupport(subject.item)) return { verdict: 'OK' };
    return judgeEngine(subject, (name, dated) => judgeInstance(subject, name, dated));
  },
});

function judgeInstance(subject: Subject, name: string, dated: Dated): Verdict {
  const { entry, state } = dated;
  if (state.phase === 'STANDARD') return { verdict: 'OK' };
  const left = `${name} left standard support on ${dateText(entry.value, 'standard_end')}`;
  const free = uncharged(subject, dated);
  if (free !== undefined) {
    return advice(subject, entry, {
      statement: `${left} ${free}. ${majorStepText(subject.item)}`,
      confidenceFrom: ['standard_end'],
      severity: state.phases.includes('PAST_EXTENDED') ? 8 : 6,
    });
  }
  const money = rdsSurchargeFigures(subject, entry, subject.asOf);
  if ('verdict' in money) return { ...money, detail: `${left}; ${money.detail}` };
  const isYear3 = chargedPhase(entry.value, subject.asOf) === 'EXTENDED_YEAR_3';
  const atLeast = state.phases.length > 1 ? 'at least ' : '';
  return withSurcharge(
    advice(subject, entry, {
      statement: `${left}: extended support${isYear3 ? ' at the year-3 price' : ''} costs ${atLeast}{surcharge}; ${endText(entry.value)}. ${majorStepText(subject.item)}`,
      until: 'extended_end',
      confidenceFrom: ['standard_end', 'extended_billing_start', 'year3_start', 'extended_end'],
      severity: isYear3 ? 7 : 6,
    }),
    money,
  );
}

/** Why a version out of standard support has no surcharge, as the end of a sentence; `undefined` when it has one. */
function uncharged(subject: Subject, dated: Dated): string | undefined {
  const { entry, state } = dated;
  if (state.phases.includes('PAST_EXTENDED')) return `and ${pastText(dated)}, so no surcharge is counted`;
  if (textOf(subject.item, 'EngineLifecycleSupport') === 'open-source-rds-extended-support-disabled') {
    return 'and is not enrolled in extended support: AWS upgrades it by itself, without a surcharge';
  }
  if (!state.isBilled) return `and the surcharge begins on ${dateText(entry.value, 'extended_billing_start')}`;
  const status = textOf(subject.item, 'DBInstanceStatus') ?? '';
  return ['stopped', 'stopping'].includes(status)
    ? `and is ${status}: no surcharge is counted while it does not run`
    : undefined;
}
