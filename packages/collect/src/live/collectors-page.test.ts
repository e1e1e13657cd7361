import { resolve } from 'node:path';
import { expect, it } from 'vitest';
import { collectorsPage } from './collectors-page.ts';
import { COLLECTORS } from './collectors/catalogue.ts';

const PAGE = resolve(import.meta.dirname, '../../../../docs/collectors.md');

it('docs/collectors.md says what the collectors declare', async () => {
  await expect(collectorsPage(COLLECTORS)).toMatchFileSnapshot(PAGE);
});

it('says of a detail operation what it reads, asks and serves', () => {
  const row = collectorsPage(COLLECTORS)
    .split('\n')
    .find((line) => line.startsWith('| `elastic-load-balancing-v2.DescribeTargetHealth`'));
  expect(row).toBe(
    '| `elastic-load-balancing-v2.DescribeTargetHealth` | `elasticloadbalancing:DescribeTargetHealth` | region | - | ' +
      'for each of `elastic-load-balancing-v2.DescribeTargetGroups`, at most 2000 | TargetGroup | ' +
      'NET-10 load balancers without healthy targets |',
  );
});
