/** The columns of a FOCUS 1.0 file, in the order of the FinOps Foundation's sample files (which carry an `Id`). */
export const COLUMNS = [
  'AvailabilityZone',
  'BilledCost',
  'BillingAccountId',
  'BillingAccountName',
  'BillingCurrency',
  'BillingPeriodEnd',
  'BillingPeriodStart',
  'ChargeCategory',
  'ChargeClass',
  'ChargeDescription',
  'ChargeFrequency',
  'ChargePeriodEnd',
  'ChargePeriodStart',
  'CommitmentDiscountCategory',
  'CommitmentDiscountId',
  'CommitmentDiscountName',
  'CommitmentDiscountStatus',
  'CommitmentDiscountType',
  'ConsumedQuantity',
  'ConsumedUnit',
  'ContractedCost',
  'ContractedUnitPrice',
  'EffectiveCost',
  'InvoiceIssuerName',
  'ListCost',
  'ListUnitPrice',
  'PricingCategory',
  'PricingQuantity',
  'PricingUnit',
  'ProviderName',
  'PublisherName',
  'RegionId',
  'RegionName',
  'ResourceId',
  'ResourceName',
  'ResourceType',
  'ServiceCategory',
  'Id',
  'ServiceName',
  'SkuId',
  'SkuPriceId',
  'SubAccountId',
  'SubAccountName',
  'Tags',
] as const;

/** A line of a bill; a column that is absent is NULL. */
export type FocusLine = Partial<Record<(typeof COLUMNS)[number], string>>;

/** A FOCUS file: header, then one line a charge, each ended by a line feed; `Id` counts the lines. */
export function focusFile(lines: readonly FocusLine[]): string {
  const rows = lines.map((line, index) => {
    const numbered: FocusLine = { ...line, Id: String(index + 1) };
    return COLUMNS.map((column) => cell(numbered[column])).join(',');
  });
  return `${[COLUMNS.join(','), ...rows].join('\n')}\n`;
}

function cell(value: string | undefined): string {
  if (value === undefined) return 'NULL';
  return /[",\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}
