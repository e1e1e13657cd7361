import type { CsvTable } from '@infrafabric/protocol';

const USUAL = {
  BilledCost: '1',
  BillingCurrency: 'USD',
  ChargeCategory: 'Usage',
  ChargePeriodEnd: '',
  ChargePeriodStart: '2026-09-01',
  EffectiveCost: '',
  PricingQuantity: '1',
  PricingUnit: 'Hrs',
  ProviderName: 'AWS',
  RegionId: 'us-east-1',
  ResourceId: '',
  ServiceName: 'Amazon Elastic Compute Cloud',
  SubAccountId: '111122223333',
  Tags: '',
  x_UsageType: 'BoxUsage:m5.large',
};

/** A line of a bill with quantities: what differs from one hour of EC2 for 1 USD on the day it starts on. */
export type SpendLine = Partial<typeof USUAL>;

/** A FOCUS bill of these lines; a line lasts a day and its EffectiveCost is its BilledCost unless it says otherwise. */
export function aSpendBill(lines: readonly SpendLine[]): CsvTable {
  return {
    columns: Object.keys(USUAL),
    rows: lines.map((line) => {
      const whole = { ...USUAL, ...line };
      const next = new Date(Date.parse(whole.ChargePeriodStart) + 86_400_000).toISOString();
      return Object.values({
        ...whole,
        ChargePeriodEnd: whole.ChargePeriodEnd || next,
        EffectiveCost: whole.EffectiveCost || whole.BilledCost,
      });
    }),
  };
}

/** The days from one to another, both included, `YYYY-MM-DD`. */
export function daysFrom(first: string, last: string): string[] {
  const [from, to] = [Date.parse(first), Date.parse(last)];
  return Array.from({ length: (to - from) / 86_400_000 + 1 }, (_, at) =>
    new Date(from + at * 86_400_000).toISOString().slice(0, 10),
  );
}
