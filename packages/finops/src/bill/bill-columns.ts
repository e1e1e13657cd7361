import { type BillFormat, curName } from './bill-format.ts';

/** The columns of a format that have to be there or have to be good, by the names that format gives them. */
export interface BillColumns {
  /** Without these nothing can be said. */
  readonly required: readonly string[];
  /** Without these something cannot be said; the report names what is missing. */
  readonly wanted: readonly string[];
  /** Exact numbers; the first is there in every line. */
  readonly numbers: readonly string[];
  readonly chargePeriod: readonly [start: string, end: string];
  readonly billingPeriod: readonly [start: string, end: string];
  readonly currency: string;
  /** Holds `usage` for lines whose charge period must end after it starts. */
  readonly kind: string;
  readonly usage: ReadonlySet<string>;
  /** The resource a line is about. */
  readonly resource: string;
  /** What lines must agree in to become one line when a bill is merged. */
  readonly merge: {
    /** In both parts of a merged bill. */
    readonly always: readonly string[];
    /** In its lines by day besides; dropped from the last on, but never the first, when there are too many lines. */
    readonly byDay: readonly string[];
    /** Numbers that are added up besides `numbers`. */
    readonly sums: readonly string[];
  };
}

/** What a format needs. */
export function billColumns(format: BillFormat): BillColumns {
  if (!format.startsWith('focus')) return CUR;
  return format === 'focus-1.4' ? FOCUS_1_4 : FOCUS;
}

/** The name a header gives a column that `billColumns` names; `undefined` when it is not there. */
export function columnOf(columns: readonly string[], format: BillFormat, name: string): string | undefined {
  return columns.find((column) => column === name || (!format.startsWith('focus') && curName(column) === name));
}

/** Source: FOCUS 1.0 specification, "Columns"; the required ones are those every figure of ours is made of. */
const FOCUS: BillColumns = {
  required: ['BilledCost', 'ChargeCategory', 'ChargePeriodEnd', 'ChargePeriodStart', 'EffectiveCost'],
  wanted: ['BillingCurrency', 'ContractedCost', 'ListCost', 'ProviderName', 'ServiceName', 'SubAccountId', 'RegionId'],
  numbers: ['BilledCost', 'ContractedCost', 'EffectiveCost', 'ListCost'],
  chargePeriod: ['ChargePeriodStart', 'ChargePeriodEnd'],
  billingPeriod: ['BillingPeriodStart', 'BillingPeriodEnd'],
  currency: 'BillingCurrency',
  kind: 'ChargeCategory',
  usage: new Set(['Usage']),
  resource: 'ResourceId',
  merge: {
    always: [
      'BillingCurrency',
      'ChargeCategory',
      'CommitmentDiscountStatus',
      'PricingCategory',
      'ProviderName',
      'ServiceProviderName',
      'SubAccountId',
    ],
    byDay: [
      'ServiceName',
      'RegionId',
      'BillingPeriodStart',
      'BillingPeriodEnd',
      'ChargeClass',
      'ServiceCategory',
      'SubAccountName',
      'BillingAccountId',
      'InvoiceId',
      'x_ServiceCode',
      'CommitmentDiscountId',
      'x_UsageType',
      'PricingUnit',
      'x_Operation',
    ],
    sums: ['PricingQuantity'],
  },
};

/** FOCUS 1.4 no longer has ProviderName; ServiceProviderName takes its place. Source: FOCUS 1.3 deprecation of ProviderName, read 2026-11. */
const FOCUS_1_4: BillColumns = {
  ...FOCUS,
  wanted: FOCUS.wanted.map((column) => (column === 'ProviderName' ? 'ServiceProviderName' : column)),
};

/** Source: AWS Cost and Usage Report user guide, "Data dictionary". */
const CUR: BillColumns = {
  required: [
    'line_item_line_item_type',
    'line_item_unblended_cost',
    'line_item_usage_end_date',
    'line_item_usage_start_date',
  ],
  wanted: [
    'line_item_currency_code',
    'line_item_product_code',
    'line_item_resource_id',
    'line_item_usage_account_id',
    'pricing_public_on_demand_cost',
  ],
  numbers: [
    'line_item_unblended_cost',
    'line_item_net_unblended_cost',
    'line_item_usage_amount',
    'pricing_public_on_demand_cost',
    'pricing_public_on_demand_rate',
    'reservation_effective_cost',
    'reservation_net_effective_cost',
    'reservation_unused_amortized_upfront_fee_for_billing_period',
    'reservation_net_unused_amortized_upfront_fee_for_billing_period',
    'reservation_unused_recurring_fee',
    'reservation_net_unused_recurring_fee',
    'savings_plan_savings_plan_effective_cost',
    'savings_plan_net_savings_plan_effective_cost',
    'savings_plan_total_commitment_to_date',
    'savings_plan_used_commitment',
  ],
  chargePeriod: ['line_item_usage_start_date', 'line_item_usage_end_date'],
  billingPeriod: ['bill_billing_period_start_date', 'bill_billing_period_end_date'],
  currency: 'line_item_currency_code',
  kind: 'line_item_line_item_type',
  usage: new Set(['Usage', 'DiscountedUsage', 'SavingsPlanCoveredUsage']),
  resource: 'line_item_resource_id',
  merge: {
    always: [
      'line_item_currency_code',
      'line_item_line_item_type',
      'line_item_operation',
      'line_item_usage_account_id',
      'pricing_term',
      'reservation_reservation_a_r_n',
    ],
    byDay: [
      'line_item_product_code',
      'product_region_code',
      'product_region',
      'savings_plan_savings_plan_a_r_n',
      'bill_billing_period_start_date',
      'bill_billing_period_end_date',
      'bill_payer_account_id',
      'bill_invoice_id',
      'bill_invoicing_entity',
      'line_item_legal_entity',
      'line_item_usage_account_name',
      'line_item_usage_type',
      'pricing_unit',
    ],
    sums: [],
  },
};
