import { type FocusLine } from '../../demo/focus.ts';
import { PLAN_RATE } from './machine-truth.ts';
import { ACCOUNT, type Charge, type Planned, type Terms } from './planned.ts';

/** October and November up to the 19th, each as one charge period: days of it and days of its month. */
const PERIODS = [
  { start: '2026-10-01', end: '2026-11-01', days: 31, ofMonth: 31, billingEnd: '2026-11-01' },
  { start: '2026-11-01', end: '2026-11-20', days: 19, ofMonth: 30, billingEnd: '2026-12-01' },
] as const;
type Period = (typeof PERIODS)[number];

const PLAN = `arn:aws:savingsplans::${ACCOUNT}:savingsplan/2b7d0c9a-41be-4f6d-9c03-1e8ab5f27d64`;

/** The FOCUS bill of an estate: usage by charge period, net of the discount, covered hours at the plan's price. */
export const billOfEstate = (resources: readonly Planned[], terms: Terms): FocusLine[] =>
  resources.flatMap((one) =>
    one.charges.flatMap((charge) => PERIODS.flatMap((period) => linesOf(one, charge, period, terms))),
  );

function linesOf(one: Planned, charge: Charge, period: Period, { discount }: Terms): FocusLine[] {
  const list = (charge.usdHour ?? 0) * 24 * period.days + ((charge.usdMonth ?? 0) * period.days) / period.ofMonth;
  const covered = charge.covered ?? 0;
  const open = (1 - covered) * list;
  return [
    ...(open > 0
      ? [usage(one, charge, period, { list: open, effective: open * (1 - discount), billed: open * (1 - discount) })]
      : []),
    ...(covered > 0
      ? [
          {
            ...usage(one, charge, period, { list: covered * list, effective: covered * list * PLAN_RATE, billed: 0 }),
            ...PLAN_COLUMNS,
          },
        ]
      : []),
  ];
}

const PLAN_COLUMNS: FocusLine = {
  PricingCategory: 'Committed',
  CommitmentDiscountCategory: 'Spend',
  CommitmentDiscountId: PLAN,
  CommitmentDiscountStatus: 'Used',
  CommitmentDiscountType: 'Compute Savings Plan',
};

interface Costs {
  readonly list: number;
  readonly effective: number;
  readonly billed: number;
}

function usage(one: Planned, charge: Charge, period: Period, costs: Costs): FocusLine {
  return {
    BilledCost: money(costs.billed),
    BillingAccountId: ACCOUNT,
    BillingCurrency: 'USD',
    BillingPeriodEnd: `${period.billingEnd}T00:00:00Z`,
    BillingPeriodStart: `${period.start}T00:00:00Z`,
    ChargeCategory: 'Usage',
    ChargeDescription: charge.what,
    ChargeFrequency: 'Usage-Based',
    ChargePeriodEnd: `${period.end}T00:00:00Z`,
    ChargePeriodStart: `${period.start}T00:00:00Z`,
    ContractedCost: money(costs.effective),
    EffectiveCost: money(costs.effective),
    InvoiceIssuerName: 'Amazon Web Services, Inc.',
    ListCost: money(costs.list),
    PricingCategory: 'Standard',
    ProviderName: 'AWS',
    PublisherName: 'Amazon Web Services, Inc.',
    RegionId: one.region,
    ResourceId: one.billedAs ?? one.id,
    ServiceCategory: 'Other',
    ServiceName: charge.service,
    SubAccountId: ACCOUNT,
  };
}

const money = (usd: number): string => usd.toFixed(10);
