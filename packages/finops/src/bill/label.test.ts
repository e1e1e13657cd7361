import { expect, test } from 'vitest';
import { shownLabel } from './label.ts';

test.each([
  ['Amazon EC2', 'Amazon EC2'],
  ['$0.08 per GB-month of gp3', '0.08 per GB-month of gp3'],
  ['100% off', '100 off'],
  ['budget 5 USD', 'budget 5'],
  ['USD\u00AD5', '5'],
  ['５％', '5'],
  ['€', '€'],
  ['percent-service', 'percent-service'],
  ['x'.repeat(100), 'x'.repeat(80)],
  [null, 'nothing'],
])('%j is said as %j', (label, said) => {
  expect(shownLabel(label, 'nothing')).toBe(said);
});
