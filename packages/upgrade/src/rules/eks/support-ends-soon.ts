import { type Subject, type Verdict, defineRule } from '@infrafabric/finops';
import { daysBetween } from '../../calendar-day.ts';
import { DAYS_UNTIL } from '../../days-until.ts';
import { SOON_DAYS } from '../../decision.ts';
import { eksPathText } from '../../eks-path.ts';
import { partOf, textOf } from '../../item-field.ts';
import { type Dated, advice, dateText, fieldMissing, judgeDated } from '../../support-verdict.ts';
import { eksLifecycleKey } from '../../version.ts';

/** Finds clusters whose standard support ends within 90 days. */
export const eksSupportEndsSoon = defineRule({
  id: 'eks-support-ends-soon',
  ref: 'K8S-02',
  role: 'upgrade-risk',
  service: 'eks',
  title: 'EKS standard support ends soon',
  appliesTo: 'EksCluster',
  reads: [],
  actionType: 'Review',
  step: 'generation',
  severity: 4,
  effort: 'Medium',
  risk: 'High',
  restartNeeded: true,
  rollbackPossible: true,
  inputs: ['eks:DescribeCluster version', 'life-cycle table'],
  formula: 'No saving is computed before the day: the surcharge begins then',
  implementation: [
    'Read what the next version removes (upgrade check of this report).',
    'Plan the upgrade before the named day.',
  ],
  rollback: 'Nothing is changed by planning; the upgrade itself cannot be undone.',
  documentation: 'https://docs.aws.amazon.com/eks/latest/userguide/kubernetes-versions.html',
  thresholds: [
    { name: 'eks_support_soon_days', value: SOON_DAYS, unit: 'days', source: 'our choice of 2026-11-20: one quarter' },
  ],
  sources: [
    'Amazon EKS User Guide, Kubernetes version lifecycle (via endoflife.date 2026-08-22 and awslabs/aws-service-eol-data 2026-09-13)',
    'Amazon EKS User Guide, cluster upgrade policy: STANDARD upgrades at the end of standard support, EXTENDED enters extended support, 2026',
  ],
  derivations: [DAYS_UNTIL],
  judge(subject) {
    const version = textOf(subject.item, 'version');
    const key = version === undefined ? undefined : eksLifecycleKey(version);
    if (version === undefined || key === undefined) return fieldMissing('version');
    return judgeDated(subject, key, (dated) => judgeCluster(subject, version, dated));
  },
});

function judgeCluster(subject: Subject, version: string, { entry, state }: Dated): Verdict {
  const window = subject.settings['eks_support_soon_days'] ?? SOON_DAYS;
  const { lastDay } = state;
  if (state.phase !== 'STANDARD' || lastDay === undefined) return { verdict: 'OK' };
  if (daysBetween(subject.asOf, lastDay) > window) return { verdict: 'OK' };
  return advice(subject, entry, {
    statement: `Standard support of EKS ${version} ends on ${dateText(entry.value, 'standard_end')}, in {days_left}; ${afterwards(subject)}. ${eksPathText(subject, version)}`,
    until: 'standard_end',
    confidenceFrom: ['standard_end'],
  });
}

/** What `upgradePolicy.supportType` makes happen at the end of standard support; absent = EXTENDED, the default of EKS. */
function afterwards(subject: Subject): string {
  const policy = textOf(partOf(subject.item, 'upgradePolicy'), 'supportType');
  return policy === 'STANDARD'
    ? 'its upgrade policy STANDARD lets AWS upgrade the control plane then'
    : 'it then enters extended support at a surcharge';
}
