import { COMMITMENT_SETS, STEPS_OF_USE } from '@infrafabric/finops';
import type { Commitments } from '../model-commitments.ts';
import type { Report } from '../model.ts';

type Option = Commitments['options'][number];
type Unknown = Commitments['unknown'][number];

const SETS: Readonly<Record<Option['set'], string>> = {
  ec2: 'EC2',
  rds: 'RDS',
  elasticache: 'ElastiCache',
  opensearch: 'OpenSearch',
  redshift: 'Redshift',
};

const PLAN_NAMES: Readonly<Record<Option['plan'], string>> = {
  'compute-savings-plan': 'Compute Savings Plan',
  'ec2-instance-savings-plan': 'EC2 Instance Savings Plan',
  reservation: 'reservations',
};

/** `EC2 Compute Savings Plan, 1 year, no upfront`. */
export const optionName = ({ set, plan, years, payment }: Omit<Unknown, 'reason'>): string =>
  `${planName({ set, plan })}, ${termName({ years, payment })}`;

const planName = ({ set, plan }: Pick<Unknown, 'set' | 'plan'>): string =>
  plan === 'compute-savings-plan' ? PLAN_NAMES[plan] : `${SETS[set]} ${PLAN_NAMES[plan].replace('EC2 ', '')}`;

const termName = ({ years, payment }: Pick<Unknown, 'years' | 'payment'>): string =>
  `${years} ${years === 1 ? 'year' : 'years'} ${payment.replace('-', ' ')}`;

/** What stands above the purchases. */
export function commitmentLead(commitments: Commitments, { claims, suppressed }: Report): string {
  const total = claims.find((claim) => claim.id === commitments.claim)?.statement ?? '';
  const { usage, replaces } = commitments;
  if (usage === undefined) return `${total} Nothing ran on demand that a commitment could cover.`;
  const days = Math.round(usage.hours / 24);
  const one = replaces === 1 ? 'finding' : 'findings';
  return [
    total,
    `Worked out on ${days} days of the bill from ${usage.from.slice(0, 10)}, on what the other advice leaves: do that first.`,
    'Of each service take one kind, length and payment at most; none of it is in the totals of the findings.',
    ...(usage.precision === 'hour'
      ? []
      : ['The bill has no hours: use is taken to be even within each of its periods.']),
    ...asideText(suppressed),
    ...(replaces === 0 ? [] : [`It stands for ${replaces} ${one} about single instances.`]),
  ].join(' ');
}

/** What a finding set aside would have changed is taken to run on: who commits to it should know. */
function asideText(suppressed: Report['suppressed']): string[] {
  const count = suppressed.filter(isOfUse).length;
  if (count === 0) return [];
  const many = count === 1 ? '1 finding that was' : `${count} findings that were`;
  return [`What ${many} set aside would change is taken to run on as it is: buy nothing for what may go.`];
}

const isOfUse = ({ service, step }: Report['suppressed'][number]): boolean =>
  step !== undefined && STEPS_OF_USE.has(step) && COMMITMENT_SETS.some((set) => set === service);

/** How well what is bought already is used. */
export const heldText = ({ held, claims }: Pick<Commitments, 'held'> & Pick<Report, 'claims'>): string[] =>
  held.flatMap((one) => claims.find((claim) => claim.id === one.claim)?.statement ?? []);

/** Two lengths, three ways to pay. */
const ALL_TERMS = 6;

/** For which terms nothing is said, by kind of purchase. */
export function unknownText(unknown: readonly Unknown[]): string {
  const groups = Map.groupBy(unknown, planName);
  const parts = [...groups].map(([plan, terms]) =>
    terms.length === ALL_TERMS ? plan : `${plan} (${terms.map(termName).join(', ')})`,
  );
  return parts.length === 0
    ? ''
    : `Not known, for no price that ran has a sourced rate (NO_PRICE): ${parts.join('; ')}.`;
}
