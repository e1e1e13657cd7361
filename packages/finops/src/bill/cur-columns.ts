import { curEffectiveCost, curListCost } from './cur-costs.ts';
import type { CellOf } from './line-view.ts';

/** How a FOCUS column is read from a Cost and Usage Report; `of` are the source columns of which one must be there. */
export interface CurColumn {
  readonly of: readonly string[];
  readonly read: (source: (name: string) => CellOf) => CellOf;
}

/** Kinds of line that a commitment pays. */
const COVERED = new Set(['SavingsPlanCoveredUsage', 'DiscountedUsage']);

/** The kinds of line, by FOCUS ChargeCategory. Source: FOCUS converter rules for AWS CUR and FOCUS 1.0 ChargeCategory, read 2026-11. */
const CATEGORIES: Readonly<Record<string, string>> = {
  Tax: 'Tax',
  Credit: 'Credit',
  Refund: 'Adjustment',
  Fee: 'Purchase',
  RIFee: 'Purchase',
  SavingsPlanUpfrontFee: 'Purchase',
  SavingsPlanRecurringFee: 'Purchase',
  Usage: 'Usage',
  DiscountedUsage: 'Usage',
  SavingsPlanCoveredUsage: 'Usage',
  SavingsPlanNegation: 'Usage',
  BundledDiscount: 'Usage',
  Discount: 'Usage',
  EdpDiscount: 'Usage',
  PrivateRateDiscount: 'Usage',
};

const TYPE = 'line_item_line_item_type';
const PLAN = 'savings_plan_savings_plan_a_r_n';
const RESERVATION = 'reservation_reservation_a_r_n';

/** A column that is another one under its FOCUS name: the first of the named ones that holds something. */
function renamed(...of: string[]): CurColumn {
  return {
    of,
    read: (source) => {
      const cells = of.map(source);
      return (line) => cells.map((cell) => cell(line)).find((cell) => cell !== '') ?? '';
    },
  };
}

/** A column that depends on the kind of line alone. */
const byType = (of: (type: string) => string): CurColumn => ({
  of: [TYPE],
  read: (source) => {
    const type = source(TYPE);
    return (line) => of(type(line));
  },
});

/** A column that depends on which commitment a line names: a Savings Plan, a reservation or none. */
const byCommitment = (plan: string, reservation: string): CurColumn => ({
  of: [PLAN, RESERVATION],
  read: (source) => {
    const [isPlan, isReservation] = [source(PLAN), source(RESERVATION)];
    return (line) => {
      if (isPlan(line) !== '') return plan;
      return isReservation(line) === '' ? '' : reservation;
    };
  },
});

/**
 * FOCUS columns of a Cost and Usage Report, by FOCUS name.
 *
 * BilledCost is the unblended cost, net of discounts where the report has net columns; ContractedCost is the same but for
 * lines that a Savings Plan negates (the covered usage already counts them) and usage a reservation pays, where only the
 * public price is known. ServiceName is the AWS product code. Columns the report cannot give are not there.
 */
export const CUR_COLUMNS: Readonly<Record<string, CurColumn | undefined>> = {
  AvailabilityZone: renamed('line_item_availability_zone'),
  BilledCost: renamed('line_item_net_unblended_cost', 'line_item_unblended_cost'),
  BillingAccountId: renamed('bill_payer_account_id'),
  BillingAccountName: renamed('bill_payer_account_name'),
  BillingCurrency: renamed('line_item_currency_code'),
  BillingPeriodEnd: renamed('bill_billing_period_end_date'),
  BillingPeriodStart: renamed('bill_billing_period_start_date'),
  ChargeCategory: byType((type) => CATEGORIES[type] ?? ''),
  ChargeDescription: renamed('line_item_line_item_description'),
  ChargeFrequency: byType((type) => {
    if (type === 'RIFee' || type === 'SavingsPlanRecurringFee') return 'Recurring';
    return CATEGORIES[type] === 'Usage' ? 'Usage-Based' : 'One-Time';
  }),
  ChargePeriodEnd: renamed('line_item_usage_end_date'),
  ChargePeriodStart: renamed('line_item_usage_start_date'),
  CommitmentDiscountCategory: byCommitment('Spend', 'Usage'),
  CommitmentDiscountId: renamed(PLAN, RESERVATION),
  CommitmentDiscountStatus: byType((type) => (COVERED.has(type) ? 'Used' : '')),
  CommitmentDiscountType: byCommitment('Savings Plan', 'Reserved Instance'),
  ConsumedQuantity: renamed('line_item_usage_amount'),
  ConsumedUnit: renamed('pricing_unit'),
  ContractedCost: { of: ['line_item_unblended_cost'], read: contractedCost },
  EffectiveCost: { of: ['line_item_unblended_cost'], read: curEffectiveCost },
  InvoiceId: renamed('bill_invoice_id'),
  InvoiceIssuerName: renamed('bill_invoicing_entity'),
  ListCost: { of: ['pricing_public_on_demand_cost', 'pricing_public_on_demand_rate'], read: curListCost },
  ListUnitPrice: renamed('pricing_public_on_demand_rate'),
  PricingCategory: { of: [TYPE], read: pricingCategory },
  PricingQuantity: renamed('line_item_usage_amount'),
  PricingUnit: renamed('pricing_unit'),
  ProviderName: { of: [], read: () => () => 'AWS' },
  PublisherName: renamed('line_item_legal_entity'),
  RegionId: renamed('product_region_code', 'product_region'),
  ResourceId: renamed('line_item_resource_id'),
  ServiceName: renamed('line_item_product_code'),
  SkuId: renamed('product_sku'),
  SkuPriceId: renamed('pricing_rate_code', 'pricing_rate_id'),
  SubAccountId: renamed('line_item_usage_account_id'),
  SubAccountName: renamed('line_item_usage_account_name'),
  Tags: renamed('resource_tags'),
  x_Operation: renamed('line_item_operation'),
  x_ServiceCode: renamed('line_item_product_code'),
  x_UsageType: renamed('line_item_usage_type'),
};

function contractedCost(source: (name: string) => CellOf): CellOf {
  const [type, billed, list] = [source(TYPE), CUR_COLUMNS['BilledCost']?.read(source), curListCost(source)];
  return (line) => {
    const kind = type(line);
    if (kind === 'SavingsPlanNegation') return '0';
    return kind === 'DiscountedUsage' ? list(line) : (billed?.(line) ?? '');
  };
}

function pricingCategory(source: (name: string) => CellOf): CellOf {
  const [type, term, usage] = [source(TYPE), source('pricing_term'), source('line_item_usage_type')];
  return (line) => {
    const kind = type(line);
    if (COVERED.has(kind)) return 'Committed';
    if (CATEGORIES[kind] !== 'Usage') return '';
    return term(line) === 'Spot' || usage(line).includes('SpotUsage') ? 'Dynamic' : 'Standard';
  };
}
