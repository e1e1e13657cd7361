import { defineRule } from '@infrafabric/finops';
import { textOf } from '../../item-field.ts';
import { advice, dateText, fieldMissing, judgeDated } from '../../support-verdict.ts';

/** Finds node groups on Amazon Linux 2 images, which AWS no longer publishes and which stop the way to EKS 1.33. */
export const eksNodegroupAl2 = defineRule({
  id: 'eks-nodegroup-al2',
  ref: 'eksup EKS008',
  role: 'upgrade-risk',
  service: 'eks',
  title: 'EKS node group on Amazon Linux 2',
  appliesTo: 'EksNodegroup',
  reads: [],
  actionType: 'Review',
  step: 'generation',
  severity: 7,
  effort: 'Medium',
  risk: 'Medium',
  restartNeeded: true,
  rollbackPossible: true,
  inputs: ['eks:DescribeNodegroup amiType, version', 'life-cycle table'],
  formula: 'No saving is computed: AWS publishes no further images',
  implementation: [
    'Build and test on Amazon Linux 2023 or Bottlerocket: cgroup v2, other bootstrap.',
    'Add a node group of the new image type and drain the old one.',
  ],
  rollback: 'Scale the old node group up again.',
  documentation: 'https://docs.aws.amazon.com/eks/latest/userguide/eks-ami-deprecation-faqs.html',
  thresholds: [],
  sources: [
    'Amazon EKS User Guide, Build a custom Amazon Linux AMI: no AL2 AMIs after 2025-11-26, 1.32 is the last version with them',
    'awslabs/amazon-eks-ami issue 2545, 2025-11-26',
  ],
  derivations: [],
  judge(subject) {
    const amiType = textOf(subject.item, 'amiType');
    if (amiType === undefined) return fieldMissing('amiType');
    if (amiType === 'CUSTOM') {
      return {
        verdict: 'UNKNOWN',
        reason: 'NO_SPECIFICATION',
        detail: 'amiType CUSTOM: the launch template names an image whose operating system the answer does not show',
      };
    }
    if (!amiType.startsWith('AL2_')) return { verdict: 'OK' };
    return judgeDated(subject, 'amazon-eks-ami/al2', ({ entry, state }) => {
      if (state.phase === 'STANDARD') return { verdict: 'OK' };
      return advice(subject, entry, {
        statement: `Node group uses ${amiType}: AWS ended EKS images of Amazon Linux 2 on ${dateText(entry.value, 'standard_end')}, and none exist for EKS 1.33 and later. Move it to an AL2023 or Bottlerocket image before the next control plane upgrade.`,
        confidenceFrom: ['standard_end'],
      });
    });
  },
});
