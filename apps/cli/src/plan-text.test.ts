import { expect, test } from 'vitest';
import { planText } from './plan-text.ts';

type Step = Parameters<typeof planText>[0][number];

const step = (more: Partial<Step['items'][number]> = {}): Step => ({
  order: 1,
  when: 'today',
  rule: 'ebs-unattached',
  title: 'Snapshot and delete volumes attached to nothing',
  effort: 'Low',
  risk: 'Low',
  restart: false,
  findings: 1,
  usd_month: '8.00',
  more: 0,
  items: [
    {
      finding: 'f-0123456789abcdef',
      resource: { account: '123456789012', region: 'eu-west-1', type: 'EbsVolume', id: 'vol-1' },
      usd_month: '8.00',
      commands: [
        {
          purpose: 'change',
          lines: ['aws ec2 create-snapshot --volume-id vol-1', 'aws ec2 delete-volume --volume-id vol-1'],
        },
        { purpose: 'undo', lines: ['test yes', 'aws ec2 create-volume'] },
      ],
      ...more,
    },
  ],
});

test('steps are a table, dearest facts first', () => {
  expect(planText([step()], { withLines: false }).split('\n').slice(0, 2)).toStrictEqual([
    'STEP  WHEN   USD/MONTH  EFFORT  RISK  RESOURCES  WHAT',
    '   1  today       8.00  Low     Low           1  Snapshot and delete volumes attached to nothing',
  ]);
  expect(planText([], { withLines: true })).toBe('nothing to do\n');
});

test('the lines of a step are a script in which each runs only if the one before it succeeded, and undoing is a comment', () => {
  expect(planText([step()], { withLines: true })).toBe(
    [
      '# Read before you run: these lines change an AWS account.',
      'export AWS_PAGER=',
      '',
      '# Step 1: Snapshot and delete volumes attached to nothing',
      '',
      '# vol-1 in 123456789012/eu-west-1, 8.00 USD a month',
      'aws ec2 create-snapshot --volume-id vol-1 &&',
      'aws ec2 delete-volume --volume-id vol-1',
      '# to undo:',
      '#   aws ec2 create-volume',
      '',
    ].join('\n'),
  );
});

test('nothing foreign leaves its comment', () => {
  const resource = { account: 'a\rreboot', region: 'b\u2028reboot', type: 'EbsVolume', id: 'c\nreboot' } as const;
  const lines = planText([step({ resource, commands: [], no_commands: 'd\nreboot' })], { withLines: true }).split(
    /[\n\r\u2028]/,
  );
  expect(lines.filter((line) => line.includes('reboot'))).toStrictEqual([
    '# c reboot in a reboot/b reboot, 8.00 USD a month: d reboot',
  ]);
});
