import { Decimal } from '@infrafabric/finops';

/**
 * How many normalized units an instance size counts, or `undefined` for a size without a published factor.
 *
 * `m7g.medium.search` is 2 and `r6g.2xlarge.search` is 16. Source: Amazon EC2 User Guide, instance size flexibility
 * (small 1, medium 2, large 4, xlarge 8, Nxlarge 8N); AWS extended-support pricing example, m7g.medium.search = 2, 2026-09-16.
 */
export function normalizationFactor(instanceType: string): Decimal | undefined {
  const size = instanceType.split('.')[1] ?? '';
  const factor = SMALL_SIZES[size];
  if (factor !== undefined) return new Decimal(factor);
  const times = /^(\d+)xlarge$/.exec(size)?.[1];
  return times === undefined ? undefined : new Decimal(times).times(8);
}

const SMALL_SIZES: Readonly<Record<string, string>> = {
  nano: '0.25',
  micro: '0.5',
  small: '1',
  medium: '2',
  large: '4',
  xlarge: '8',
};
