import type { Subject, Verdict } from '../../model/rule.ts';
import { defineRule } from '../../model/rule.ts';
import { citationsOf, citedNumber, fieldFigure, itemSource } from '../reading/figures.ts';
import { OK, readItem } from '../reading/verdicts.ts';
import { Volume } from '../reading/volume.ts';

/**
 * A volume of the first, magnetic type.
 *
 * Advice without dollars: magnetic storage is cheaper a GB than gp3 and billed by request, so the sign needs the request count of the bill.
 */
export const ebsMagneticReview = defineRule({
  id: 'ebs-magnetic-review',
  ref: 'EBS-14',
  role: 'pricing',
  service: 'ebs',
  title: 'Magnetic volume of the previous generation',
  appliesTo: 'EbsVolume',
  reads: [],
  actionType: 'Review',
  step: 'storage-tier',
  severity: 2,
  effort: 'Low',
  risk: 'Low',
  restartNeeded: false,
  rollbackPossible: true,
  inputs: ['ec2:DescribeVolumes VolumeType'],
  formula: 'No saving is computed: the charge of magnetic volumes for I/O requests is not in the answer',
  implementation: [
    'Look at the I/O charge of the volume in the bill.',
    'Where gp3 or st1 costs less or the volume is slow, change the type (ModifyVolume).',
  ],
  rollback: 'Change the type again; AWS allows the next modification of a volume after six hours.',
  documentation: 'https://docs.aws.amazon.com/ebs/latest/userguide/ebs-volume-types.html',
  thresholds: [],
  sources: [
    'https://docs.aws.amazon.com/ebs/latest/userguide/ebs-volume-types.html',
    'https://aws.amazon.com/ebs/previous-generation/',
  ],
  derivations: [citedNumber],
  judge,
});

function judge(subject: Subject): Verdict {
  const item = readItem(Volume, subject.item);
  if (!item.ok) return item.verdict;
  if (item.value.VolumeType !== 'standard') return OK;
  const source = itemSource(subject);
  return {
    verdict: 'FINDING',
    statement:
      'The volume of {size} is magnetic, a previous generation billed by request; compare its bill with gp3, which is faster and has no request charge.',
    figures: [fieldFigure(source, 'Size', { name: 'size', unit: 'GiB' })],
    citations: citationsOf([source]),
    confidence: '0.60',
  };
}
