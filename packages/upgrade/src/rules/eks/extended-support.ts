import { type Entry, type Subject, type Verdict, defineRule } from '@infrafabric/finops';
import { DAYS_UNTIL } from '../../days-until.ts';
import { eksPathText } from '../../eks-path.ts';
import { textOf } from '../../item-field.ts';
import { chargedPhase } from '../../lifecycle.ts';
import { extendedPriceKey } from '../../price-key.ts';
import {
  type Dated,
  advice,
  dateText,
  endText,
  fieldMissing,
  judgeDated,
  pastText,
  unknown,
  withSurcharge,
} from '../../support-verdict.ts';
import { EKS_EXTENDED_COST, EKS_SURCHARGE } from '../../surcharge.ts';
import { eksLifecycleKey } from '../../version.ts';

/** Finds clusters in extended support, which cost six times the standard price, and clusters past it. */
export const eksExtendedSupport = defineRule({
  id: 'eks-extended-support',
  ref: 'K8S-01',
  role: 'upgrade-risk',
  service: 'eks',
  title: 'EKS cluster in extended support',
  appliesTo: 'EksCluster',
  reads: [],
  actionType: 'Upgrade',
  step: 'surcharge',
  severity: 6,
  effort: 'Medium',
  risk: 'High',
  restartNeeded: true,
  rollbackPossible: false,
  inputs: ['eks:DescribeCluster version', 'life-cycle table', 'cluster-hour surcharge by region'],
  formula: 'surcharge of extended support x 730; the base price of the cluster stays',
  implementation: [
    'Read what the next version removes (upgrade check of this report).',
    'Upgrade the control plane one minor version at a time.',
    'Upgrade node groups and add-ons after it.',
  ],
  rollback: 'None: a control plane cannot go back; build a cluster of the old version from the same definitions.',
  documentation: 'https://docs.aws.amazon.com/eks/latest/userguide/kubernetes-versions.html',
  thresholds: [],
  sources: [
    'Amazon EKS User Guide, Kubernetes version lifecycle (via endoflife.date 2026-08-22 and awslabs/aws-service-eol-data 2026-09-13)',
    'AWS containers blog, Amazon EKS extended support pricing: 0.60 against 0.10 USD per cluster-hour, 2026-09-25',
  ],
  derivations: [DAYS_UNTIL, EKS_EXTENDED_COST, EKS_SURCHARGE],
  judge(subject) {
    const version = textOf(subject.item, 'version');
    const key = version === undefined ? undefined : eksLifecycleKey(version);
    if (version === undefined || key === undefined) return fieldMissing('version');
    return judgeDated(subject, key, (dated) => judgeCluster(subject, version, dated));
  },
});

function judgeCluster(subject: Subject, version: string, dated: Dated): Verdict {
  const { entry, state } = dated;
  if (state.phase === 'STANDARD') return { verdict: 'OK' };
  const left = `EKS ${version} left standard support on ${dateText(entry.value, 'standard_end')}`;
  if (state.phases.includes('PAST_EXTENDED')) {
    return advice(subject, entry, {
      statement: `${left} and ${pastText(dated)}, so no surcharge is counted; AWS upgrades such a control plane by itself.`,
      confidenceFrom: ['standard_end'],
      severity: 9,
    });
  }
  const phase = chargedPhase(entry.value, subject.asOf);
  const extended = priceOf(subject, phase ?? 'EXTENDED_YEAR_1_2');
  const standard = priceOf(subject, 'STANDARD');
  if (phase === undefined || extended === undefined || standard === undefined) {
    return unknown('NO_PRICE', `${left}; no sourced extended-support price for ${subject.resource.region}`);
  }
  const params = { on: subject.asOf };
  const cost = [entry.citation, extended.citation];
  return withSurcharge(
    advice(subject, entry, {
      statement: `${left}: extended support costs {surcharge} more than a supported version; ${endText(entry.value)}. ${eksPathText(subject, version)}`,
      until: 'extended_end',
      confidenceFrom: ['standard_end', 'extended_end'],
    }),
    {
      listCost: { name: 'list_cost', unit: 'USD/month', derivation: EKS_EXTENDED_COST, params, citations: cost },
      listSaving: {
        name: 'list_saving',
        unit: 'USD/month',
        derivation: EKS_SURCHARGE,
        params,
        citations: [...cost, standard.citation],
      },
    },
  );
}

function priceOf(subject: Subject, phase: Parameters<typeof extendedPriceKey.eks>[1]): Entry | undefined {
  const key = extendedPriceKey.eks(subject.resource.region, phase);
  return key === undefined ? undefined : subject.lifecycle(key);
}
