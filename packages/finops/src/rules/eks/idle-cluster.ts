import { z } from 'zod';
import type { Observed } from '../../model/resource.ts';
import type { Subject, Verdict } from '../../model/rule.ts';
import { defineRule } from '../../model/rule.ts';
import { monthOfHours } from '../reading/derivations.ts';
import { itemSource } from '../reading/figures.ts';
import { removal } from '../reading/removal.ts';
import { OK, readItem, unknown } from '../reading/verdicts.ts';

const Cluster = z.object({
  name: z.string(),
  version: z.string(),
  status: z.string().optional(),
  computeConfig: z.object({ enabled: z.boolean().optional() }).optional(),
});

/** Monthly list cost of the control plane; extended support is judged on its own. */
export const eksIdleClusterListCost = monthOfHours('eks-idle-cluster-list-cost');

/** Deleting the cluster saves all of it. */
export const eksIdleClusterListSaving = monthOfHours('eks-idle-cluster-list-saving');

/** A cluster without any capacity that EKS knows of. */
export const eksIdleCluster = defineRule({
  id: 'eks-idle-cluster',
  ref: 'K8S-03',
  role: 'rightsizing',
  service: 'eks',
  title: 'EKS cluster without nodes',
  appliesTo: 'EksCluster',
  reads: ['EksNodegroup'],
  actionType: 'Delete',
  step: 'terminate',
  severity: 5,
  effort: 'Low',
  risk: 'Medium',
  restartNeeded: false,
  rollbackPossible: false,
  inputs: [
    'eks:DescribeCluster status, computeConfig',
    'eks:ListNodegroups or eks:DescribeNodegroup, eks:ListFargateProfiles',
    'hour price of a cluster',
  ],
  formula: 'hour price x 730',
  implementation: [
    'Check that no self-managed, Karpenter or hybrid nodes have joined (kubectl get nodes).',
    'Save the manifests of what is installed.',
    'Delete the cluster.',
  ],
  rollback: 'None: create a new cluster and apply the saved manifests.',
  documentation: 'https://docs.aws.amazon.com/eks/latest/userguide/delete-cluster.html',
  thresholds: [],
  sources: [
    'https://docs.aws.amazon.com/eks/latest/userguide/delete-cluster.html',
    'https://aws.amazon.com/eks/pricing/',
  ],
  derivations: [eksIdleClusterListCost, eksIdleClusterListSaving],
  judge,
});

function judge(subject: Subject): Verdict {
  const item = readItem(Cluster, subject.item);
  if (!item.ok) return item.verdict;
  const cluster = item.value;
  if ((cluster.status ?? 'ACTIVE') !== 'ACTIVE' || cluster.computeConfig?.enabled === true) return OK;
  if (subject.related('EksNodegroup').length > 0) return OK;
  const groups = listed(subject, 'nodegroups');
  const profiles = listed(subject, 'fargateProfileNames');
  if ([...groups, ...profiles].some((one) => one.names.length > 0)) return OK;
  if (groups.length === 0 || profiles.length === 0) {
    return unknown(
      'NOT_COLLECTED',
      'The lists of node groups and Fargate profiles of the cluster are not in the inputs.',
    );
  }
  return removal(subject, {
    priceKeys: [`eks/${subject.resource.region}/cluster/hour`],
    known: 'Neither node groups nor Fargate profiles',
    listCost: eksIdleClusterListCost,
    listSaving: eksIdleClusterListSaving,
    statement: (dates) =>
      'The cluster has neither node groups nor Fargate profiles nor Auto Mode and costs {list_cost} at the list price of ' +
      `${dates}; nodes of other kinds cannot be seen from EKS.`,
    sources: [...groups, ...profiles].map((one) => itemSource(one.observed)),
    confidence: '0.60',
  });
}

/** The lists of one kind among the descriptions of the cluster. */
function listed(subject: Subject, member: string): { observed: Observed; names: readonly unknown[] }[] {
  return subject.descriptions.flatMap((observed) => {
    const names = observed.item[member];
    return Array.isArray(names) ? [{ observed, names }] : [];
  });
}
