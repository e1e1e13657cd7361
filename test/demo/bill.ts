import { word } from './chance.ts';
import { type FocusLine, focusFile } from './focus.ts';
import { type Fraction, fraction, multiply, plain } from './fraction.ts';
import { ACCOUNT, type BillDay, type Charge, type Region, TEAM } from './sample.ts';
import { billedService } from './services.ts';

/** First day of the bill. */
const FIRST_DAY = '2026-10-01';

/** Days of the bill: all of October and November up to the 19th. */
const DAYS = 50;

const REGION_NAMES: Record<Region, string> = { 'us-east-1': 'US East (N. Virginia)', 'eu-west-1': 'Europe (Ireland)' };

/** The one-year Compute Savings Plan without upfront payment. */
const PLAN_ID = '7d0c9a41-52be-4f6d-9c03-1e8ab5f27d64';
const PLAN = `arn:aws:savingsplans::${ACCOUNT}:savingsplan/${PLAN_ID}`;

/** The bill: every charge of every day, the Savings Plan's fee, a tax and two credits. */
export function bill(charges: readonly Charge[]): string {
  const days = Array.from({ length: DAYS }, (_, index) => billDay(addDays(FIRST_DAY, index)));
  const covered = charges.find((charge) => charge.coveredAt !== undefined);
  const lines = days.flatMap((day) => [
    ...charges.filter((charge) => (charge.from ?? FIRST_DAY) <= day.date).flatMap((charge) => lineOf(charge, day)),
    ...(covered?.coveredAt === undefined ? [] : [planFee(covered.coveredAt, day)]),
  ]);
  return focusFile([...lines, ...OTHERS.map(otherLine)]);
}

/** Nothing when nothing was used. */
function lineOf(charge: Charge, day: BillDay): FocusLine[] {
  const quantity = charge.quantity(day);
  if (quantity.over === 0n) return [];
  const list = money(multiply(quantity, charge.unitPrice));
  return [
    {
      ...common(day, charge.description),
      ...usageOf(charge, quantity),
      ...skuOf(charge),
      BilledCost: list,
      ChargeCategory: 'Usage',
      ChargeFrequency: 'Usage-Based',
      ContractedCost: list,
      EffectiveCost: list,
      ListCost: list,
      PricingCategory: 'Standard',
      ...(charge.coveredAt === undefined ? {} : coverage(multiply(quantity, charge.coveredAt))),
    },
  ];
}

/** What differs when the Savings Plan pays: nothing is billed, the plan's price is the effective cost. */
const coverage = (effective: Fraction): FocusLine => ({
  BilledCost: '0',
  EffectiveCost: money(effective),
  PricingCategory: 'Committed',
  ...planColumns('Used'),
});

const planColumns = (CommitmentDiscountStatus?: 'Used'): FocusLine => ({
  CommitmentDiscountCategory: 'Spend',
  CommitmentDiscountId: PLAN,
  CommitmentDiscountType: 'Compute Savings Plan',
  ...(CommitmentDiscountStatus === undefined ? {} : { CommitmentDiscountStatus }),
});

/** A day of the plan's fee: billed, and used up by the usage it covers, so that its own effective cost is 0. */
function planFee(anHour: Fraction, day: BillDay): FocusLine {
  const fee = money(multiply(anHour, fraction(24)));
  return {
    ...common(day, '1 year No Upfront Compute Savings Plan'),
    ...planColumns(),
    BilledCost: fee,
    ChargeCategory: 'Purchase',
    ChargeFrequency: 'Recurring',
    ContractedCost: fee,
    EffectiveCost: '0',
    ListCost: fee,
    PricingCategory: 'Standard',
    PricingQuantity: '24',
    PricingUnit: 'Hrs',
    ResourceId: PLAN,
    ResourceType: 'Savings Plan',
    RegionId: 'us-east-1',
    RegionName: REGION_NAMES['us-east-1'],
    ...skuIds('savings plan'),
    ...serviceOf('savings'),
  };
}

interface Other {
  readonly category: 'Tax' | 'Credit';
  readonly description: string;
  readonly usd: string;
  readonly month: string;
}

const OTHERS: readonly Other[] = [
  { category: 'Tax', description: 'Tax for product code AmazonEC2', usd: '31.42', month: '2026-10-01' },
  { category: 'Credit', description: 'AWS Activate credit', usd: '-25.00', month: '2026-10-01' },
  { category: 'Credit', description: 'AWS Activate credit', usd: '-25.00', month: '2026-11-01' },
];

function otherLine({ category, description, usd, month }: Other): FocusLine {
  const day = billDay(month);
  return {
    ...common(day, description),
    ChargePeriodEnd: `${nextMonth(month)}T00:00:00Z`,
    BilledCost: usd,
    ChargeCategory: category,
    ChargeFrequency: 'One-Time',
    ContractedCost: usd,
    EffectiveCost: usd,
    ListCost: usd,
    ...serviceOf('ec2'),
  };
}

function common({ date }: BillDay, ChargeDescription: string): FocusLine {
  const month = `${date.slice(0, 7)}-01`;
  return {
    BillingAccountId: ACCOUNT,
    BillingAccountName: TEAM,
    BillingCurrency: 'USD',
    BillingPeriodEnd: `${nextMonth(month)}T00:00:00Z`,
    BillingPeriodStart: `${month}T00:00:00Z`,
    ChargeDescription,
    ChargePeriodEnd: `${addDays(date, 1)}T00:00:00Z`,
    ChargePeriodStart: `${date}T00:00:00Z`,
    InvoiceIssuerName: 'Amazon Web Services, Inc.',
    ProviderName: 'AWS',
    PublisherName: 'Amazon Web Services, Inc.',
    SubAccountId: ACCOUNT,
    SubAccountName: TEAM,
  };
}

function usageOf(charge: Charge, exact: Fraction): FocusLine {
  const quantity = plain(exact, 8);
  const unitPrice = plain(charge.unitPrice, 10);
  return {
    ...(charge.zone === undefined ? {} : { AvailabilityZone: charge.zone }),
    ChargeDescription: `$${unitPrice} ${charge.description}`,
    ConsumedQuantity: quantity,
    ConsumedUnit: charge.unit,
    ContractedUnitPrice: unitPrice,
    ListUnitPrice: unitPrice,
    PricingQuantity: quantity,
    PricingUnit: charge.unit,
    RegionId: charge.region,
    RegionName: REGION_NAMES[charge.region],
    ResourceId: charge.resourceId,
    ResourceType: charge.resourceType,
    Tags: JSON.stringify({ env: charge.environment }),
  };
}

const skuOf = (charge: Charge): FocusLine => ({
  ...skuIds(`${charge.region} ${charge.description}`),
  ...serviceOf(charge.service),
});

/** SKU and price as AWS forms them: 16 characters, the on-demand term, the rate code. */
function skuIds(name: string): FocusLine {
  const SkuId = word(`sku ${name}`, 16, 'ABCDEFGHJKMNPQRSTUVWXYZ23456789');
  return { SkuId, SkuPriceId: `${SkuId}.JRTCKXETXF.6YS6EN2CT7` };
}

function serviceOf(name: string): FocusLine {
  const { category, name: ServiceName } = billedService(name);
  return { ServiceCategory: category, ServiceName };
}

const money = (value: Fraction): string => plain(value, 10);

function billDay(date: string): BillDay {
  const [year = 0, month = 0] = date.split('-').map(Number);
  return { date, daysInMonth: new Date(Date.UTC(year, month, 0)).getUTCDate() };
}

function addDays(date: string, days: number): string {
  return new Date(Date.parse(date) + days * 86_400_000).toISOString().slice(0, 10);
}

const nextMonth = (first: string): string => `${addDays(first, 31).slice(0, 7)}-01`;
