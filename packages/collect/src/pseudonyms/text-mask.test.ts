import { expect, test } from 'vitest';
import { Handles } from './handles.ts';
import { openTextMask } from './text-mask.ts';

const mask = openTextMask(new Handles(new Uint8Array(32).fill(7)), {
  names: ['blog', 'Payroll of Initech (old)', 'vol-0123456789abcdef0'],
  ours: ['Amazon Elastic Compute Cloud', 'BilledCost', 'ebs-gp2-to-gp3'],
});

test.each([
  'A gp2 volume of 100 GiB costs 10.00 USD/month, 12.5% more than gp3 since 2026-11-20.',
  'BilledCost of Amazon Elastic Compute Cloud in us-east-1: 2,599.12 USD for m5.large by ebs-gp2-to-gp3.',
])('%s names nobody and stays', (text) => {
  expect(mask.mask(text)).toBe(text);
});

test.each([
  ['a volume', 'vol-0123456789abcdef0 is unattached.', /^vol-[0-9a-f]{17} is unattached\.$/],
  ['an account', 'It is of 210987654321.', /^It is of \d{12}\.$/],
  ['an ARN', 'See arn:aws:s3:::payroll-2024.', /^See arn:aws:s3:::n-[0-9a-f]{12}\.$/],
  ['a name that is a plain word', 'The instance blog is idle.', /^The instance n-[0-9a-f]{12} is idle\.$/],
  ['a name of several words', 'Payroll of Initech (old) costs 5 USD.', /^n-[0-9a-f]{12} costs 5 USD\.$/],
  ['a name nobody listed', 'The owner Zzyzx pays.', /^The owner n-[0-9a-f]{12} pays\.$/],
  ['a compound nobody listed', 'On orders-db it is idle.', /^On n-[0-9a-f]{12} it is idle\.$/],
  ['an address', 'It is 203.0.113.9.', /^It is 240\.\d+\.\d+\.\d+\.$/],
  ['a mail address', 'Ask jane@example.org.', /^Ask n-[0-9a-f]{12}\.$/],
])('%s is a handle, and comes back', (_what, text, masked) => {
  expect(mask.mask(text)).toMatch(masked);
  expect(mask.mask(text)).not.toBe(text);
  expect(mask.unmask(mask.mask(text))).toBe(text);
});

test('masking twice changes nothing more', () => {
  const once = mask.mask('The instance blog of 210987654321 is idle.');
  expect(mask.mask(once)).toBe(once);
});
