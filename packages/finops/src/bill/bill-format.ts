/** What a bill's header says it is, oldest first: a FOCUS version, or one of the two AWS Cost and Usage Reports. */
export const BILL_FORMATS = [
  'cur-legacy',
  'cur-2.0',
  'focus-1.0',
  'focus-1.1',
  'focus-1.2',
  'focus-1.3',
  'focus-1.4',
] as const;
/** One of the formats of a bill. */
export type BillFormat = (typeof BILL_FORMATS)[number];

/**
 * Which format a header is of, by its column names alone; `undefined` when it is no bill we know.
 *
 * FOCUS is the newest version of which a column is there that no earlier version has; a column nobody knows decides nothing.
 * CUR 2.0 writes as maps what the legacy report spreads over columns, and adds account names.
 * Sources: FOCUS specification, CHANGELOG (1.1, 1.2) and "Version Introduced" of each column (1.3, 1.4); FOCUS 1.2 requirement
 * model for the 57 columns of 1.2; AWS Data Exports user guide, "CUR 2.0 table dictionary"; AWS CUR user guide, "Data
 * dictionary"; all read 2026-11.
 */
export function billFormat(columns: readonly string[]): BillFormat | undefined {
  const known = new Set(columns);
  if (known.has('BilledCost') || FOCUS_ONLY.filter((column) => known.has(column)).length >= FEW) {
    return FOCUS_VERSIONS.find(({ added }) => added.some((column) => known.has(column)))?.format ?? 'focus-1.0';
  }
  const names = new Set(columns.map(curName));
  if (CUR_ONLY.filter((column) => names.has(column)).length < FEW) return undefined;
  return CUR_2_ONLY.some((column) => known.has(column)) ? 'cur-2.0' : 'cur-legacy';
}

/**
 * The name of a CUR column as Athena and CUR 2.0 write it: `lineItem/UnblendedCost` is `line_item_unblended_cost`.
 *
 * Source: AWS CUR user guide, "Column names" (Athena): an underscore before each capital, lower case; read 2026-11.
 */
export function curName(column: string): string {
  return column
    .replaceAll('/', '_')
    .replaceAll(/(?<=[a-zA-Z0-9])[A-Z]/g, '_$&')
    .replaceAll(/_+/g, '_')
    .toLowerCase();
}

/** So many names of a format in a header are no accident. */
const FEW = 3;

const FOCUS_ONLY = [
  'BillingCurrency',
  'ChargeCategory',
  'ChargePeriodEnd',
  'ChargePeriodStart',
  'ContractedCost',
  'EffectiveCost',
  'ListCost',
  'SubAccountId',
];

const FOCUS_VERSIONS: readonly { readonly format: BillFormat; readonly added: readonly string[] }[] = [
  { format: 'focus-1.4', added: ['CommitmentProgramEligibilityDetails', 'InvoiceDetailId'] },
  {
    format: 'focus-1.3',
    added: [
      'AllocatedMethodDetails',
      'AllocatedMethodId',
      'AllocatedResourceId',
      'AllocatedResourceName',
      'AllocatedTags',
      'ContractApplied',
      'HostProviderName',
      'ServiceProviderName',
    ],
  },
  {
    format: 'focus-1.2',
    added: [
      'BillingAccountType',
      'InvoiceId',
      'PricingCurrency',
      'PricingCurrencyContractedUnitPrice',
      'PricingCurrencyEffectiveCost',
      'PricingCurrencyListUnitPrice',
      'SubAccountType',
    ],
  },
  {
    format: 'focus-1.1',
    added: [
      'CapacityReservationId',
      'CapacityReservationStatus',
      'CommitmentDiscountQuantity',
      'CommitmentDiscountUnit',
      'ServiceSubcategory',
      'SkuMeter',
      'SkuPriceDetails',
    ],
  },
];

const CUR_ONLY = [
  'bill_payer_account_id',
  'identity_line_item_id',
  'line_item_line_item_type',
  'line_item_product_code',
  'line_item_unblended_cost',
  'line_item_usage_account_id',
  'line_item_usage_end_date',
  'line_item_usage_start_date',
];

const CUR_2_ONLY = [
  'bill_payer_account_name',
  'cost_category',
  'discount',
  'line_item_usage_account_name',
  'product',
  'resource_tags',
];
