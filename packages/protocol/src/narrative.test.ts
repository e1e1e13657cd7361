import { expect, test } from 'vitest';
import { unsupportedWords } from './narrative.ts';

const support = {
  figures: [
    { value: '1234.565', unit: 'USD/month' },
    { value: '12.4', unit: '%' },
    { value: '0.375', unit: 'ratio' },
    { value: '14', unit: 'days' },
    { value: '0.004', unit: 'USD' },
    { value: '-7', unit: 'count' },
  ],
  texts: [
    '111122223333/eu-west-1/ec2:instance/i-0abc1234def567890',
    'm5.large',
    '2026-11-20',
    'arn:aws:s3:::example-bucket',
    'EKS 1.29',
  ],
};

test.each([
  ['The m5.large in eu-west-1 was idle for 14 days.', []],
  ['Saves $1,234.57 a month (1234.56 USD, or about $1,235).', []],
  ['It is 12.4% busy, 12 % in round numbers, and 37.5 percent of the fleet; some call it 38%.', []],
  ['As of 2026-11-20, EKS 1.29 on EC2 with gp3 volumes.', []],
  ['Look at arn:aws:s3:::example-bucket.', []],
  ['A 14-day window, at the 14th day.', []],
  ['The balance is -7, a fall of 7.', []],
  ['The instance i-0abc1234def567890, of 111122223333/eu-west-1/ec2:instance/i-0abc1234def567890, is idle.', []],
])('%s stands on its figures', (text, offending) => {
  expect(unsupportedWords(text, support)).toStrictEqual(offending);
});

test.each([
  ['Saves $1,300.00 a month.', ['$1,300.00']],
  ['Saves $1,234.58 a month.', ['$1,234.58']],
  ['Saves $1.2k a month.', ['$1.2k']],
  ['Saves €1234.57.', ['€1234.57']],
  ['Saves $14.', ['$14']],
  ['Saves 14 USD.', ['14']],
  ['It costs $0.', ['$0']],
  ['It is 13% busy.', ['13%']],
  ['It is 14 percent busy.', ['14']],
  ['Move it to m5.xlarge in us-east-1.', ['m5.xlarge', 'us-east-1']],
  ['Support ended 2026-11-21.', ['2026-11-21']],
  ['See arn:aws:s3:::other-bucket.', ['arn:aws:s3:::other-bucket']],
  ['EKS 1.30 is out.', ['1.30']],
  ['It ran for 1４ days or 1\u200b5 days.', ['15']],
  ['It ran for ٣ days.', ['٣']],
  ['Between 14-15 days.', ['14-15']],
  ['A fall of -14 days.', ['-14']],
  ['i-0abc1234def567891 is idle', ['i-0abc1234def567891']],
  ['See https://evil.example/?q=1', ['https://evil.example', 'q=1']],
])('%s is refused', (text, offending) => {
  expect(unsupportedWords(text, support)).toStrictEqual(offending);
});
