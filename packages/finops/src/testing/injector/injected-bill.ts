import type { CsvTable } from '@infrafabric/protocol';
import type { Leaf } from './quiet-service.ts';

/** Money given back on one day (0-based), as a line of its own. */
export interface Credit {
  readonly day: number;
  readonly service: string;
  readonly usd: number;
}

const COLUMNS = [
  'BilledCost',
  'EffectiveCost',
  'BillingCurrency',
  'ChargeCategory',
  'ChargePeriodEnd',
  'ChargePeriodStart',
  'PricingQuantity',
  'PricingUnit',
  'ProviderName',
  'RegionId',
  'ServiceName',
  'SubAccountId',
  'x_UsageType',
];

/** The first day of an injected bill. */
export const FIRST_DAY = '2026-01-01';

/** The bill of leaves and credits, a line for each day of a leaf that costs something; cents, and one USD an hour. */
export function billTableOf(leaves: readonly Leaf[], credits: readonly Credit[]): CsvTable {
  const usage = leaves.flatMap((leaf) =>
    leaf.daily.flatMap((usd, day) => {
      const cost = usd.toFixed(2);
      const { region, service, account, usageType } = leaf;
      return cost === '0.00'
        ? []
        : [
            [
              cost,
              cost,
              'USD',
              'Usage',
              instant(day + 1),
              instant(day),
              cost,
              'Hrs',
              'AWS',
              region,
              service,
              account,
              usageType,
            ],
          ];
    }),
  );
  const given = credits.map(({ day, service, usd }) => {
    const cost = usd.toFixed(2);
    return [
      cost,
      cost,
      'USD',
      'Credit',
      instant(day + 1),
      instant(day),
      '',
      '',
      'AWS',
      '',
      service,
      '111111111111',
      '',
    ];
  });
  return { columns: COLUMNS, rows: [...usage, ...given] };
}

const instant = (day: number): string => new Date(Date.parse(FIRST_DAY) + day * 86_400_000).toISOString();
