import { expect, test } from 'vitest';
import { judged, saying } from '../../testing/our-tables.ts';
import { eksNodegroupAl2 } from './nodegroup-al2.ts';

test.for([
  ['AL2_x86_64', '2026-11-20', 'Node group uses AL2_x86_64'],
  ['AL2_ARM_64', '2025-11-27', 'Node group uses AL2_ARM_64'],
  ['AL2_x86_64_GPU', '2025-11-26', 'OK'],
  ['AL2023_x86_64_STANDARD', '2026-11-20', 'OK'],
  ['BOTTLEROCKET_ARM_64', '2026-11-20', 'OK'],
  ['CUSTOM', '2026-11-20', 'UNKNOWN NO_SPECIFICATION'],
] as const)('%s on %s: %s', ([amiType, asOf, start]) => {
  const subject = judged('EksNodegroup', { amiType }, { asOf });

  expect(saying(eksNodegroupAl2, subject)).toMatch(new RegExp(`^${start}`));
  expect(eksNodegroupAl2.judge(subject).verdict === 'FINDING').toBe(start.startsWith('Node group'));
});

test('a node group without amiType or a table without the entry is UNKNOWN', () => {
  expect(saying(eksNodegroupAl2, judged('EksNodegroup', {}))).toContain('UNKNOWN FIELD_MISSING');
  expect(saying(eksNodegroupAl2, judged('EksNodegroup', { amiType: 'AL2_x86_64' }, { lifecycle: {} }))).toContain(
    'UNKNOWN NO_LIFECYCLE',
  );
});
