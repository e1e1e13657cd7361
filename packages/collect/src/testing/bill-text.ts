import { type EvidenceId, evidenceId, sha256Hex } from '@infrafabric/protocol';

/** A line of a test bill by column. */
export type BillRow = Readonly<Partial<Record<string, string>>>;

/** Columns of a FOCUS bill that is good. */
export const FOCUS_COLUMNS = [
  'BilledCost',
  'BillingCurrency',
  'ChargeCategory',
  'ChargePeriodEnd',
  'ChargePeriodStart',
  'ContractedCost',
  'EffectiveCost',
  'ListCost',
  'ProviderName',
  'RegionId',
  'ResourceId',
  'ServiceName',
  'SubAccountId',
] as const;

const FOCUS_ROW: BillRow = {
  BilledCost: '1.50',
  BillingCurrency: 'USD',
  ChargeCategory: 'Usage',
  ChargePeriodEnd: '2026-10-02 00:00:00',
  ChargePeriodStart: '2026-10-01 00:00:00',
  ContractedCost: '1.50',
  EffectiveCost: '1.50',
  ListCost: '1.50',
  ProviderName: 'AWS',
  RegionId: 'us-east-1',
  ResourceId: 'i-0123456789abcdef0',
  ServiceName: 'Amazon Elastic Compute Cloud',
  SubAccountId: '111122223333',
};

/** A FOCUS bill as CSV; a row says what differs from a day of EC2 for 1.50 USD. */
export const focusText = (rows: readonly BillRow[], columns: readonly string[] = FOCUS_COLUMNS): string =>
  text(rows, FOCUS_ROW, columns);

/** Columns of a legacy Cost and Usage Report, as far as figures need them. */
export const CUR_COLUMNS = [
  'identity/LineItemId',
  'identity/TimeInterval',
  'bill/PayerAccountId',
  'bill/BillingPeriodStartDate',
  'bill/BillingPeriodEndDate',
  'lineItem/UsageAccountId',
  'lineItem/LineItemType',
  'lineItem/UsageStartDate',
  'lineItem/UsageEndDate',
  'lineItem/ProductCode',
  'lineItem/UsageType',
  'lineItem/Operation',
  'lineItem/ResourceId',
  'lineItem/UsageAmount',
  'lineItem/CurrencyCode',
  'lineItem/UnblendedCost',
  'product/region',
  'pricing/publicOnDemandCost',
  'pricing/publicOnDemandRate',
  'reservation/ReservationARN',
  'reservation/EffectiveCost',
  'reservation/UnusedAmortizedUpfrontFeeForBillingPeriod',
  'reservation/UnusedRecurringFee',
  'savingsPlan/SavingsPlanARN',
  'savingsPlan/SavingsPlanEffectiveCost',
  'savingsPlan/TotalCommitmentToDate',
  'savingsPlan/UsedCommitment',
] as const;

const CUR_ROW: BillRow = {
  'bill/PayerAccountId': '111122223333',
  'bill/BillingPeriodStartDate': '2026-10-01T00:00:00Z',
  'bill/BillingPeriodEndDate': '2026-11-01T00:00:00Z',
  'lineItem/UsageAccountId': '111122223333',
  'lineItem/LineItemType': 'Usage',
  'lineItem/UsageStartDate': '2026-10-01T00:00:00Z',
  'lineItem/UsageEndDate': '2026-10-02T00:00:00Z',
  'lineItem/ProductCode': 'AmazonEC2',
  'lineItem/CurrencyCode': 'USD',
  'lineItem/UnblendedCost': '1.50',
};

/** A legacy Cost and Usage Report as CSV; `named` renames its columns, as CUR 2.0 does. */
export const curText = (rows: readonly BillRow[], named: (column: string) => string = (column) => column): string => {
  const [, ...body] = text(rows, CUR_ROW, CUR_COLUMNS).split('\n');
  return [CUR_COLUMNS.map(named).join(','), ...body].join('\n');
};

function text(rows: readonly BillRow[], usual: BillRow, columns: readonly string[]): string {
  const cell = (row: BillRow, column: string): string =>
    `"${(row[column] ?? usual[column] ?? '').replaceAll('"', '""')}"`;
  return [columns.join(','), ...rows.map((row) => columns.map((column) => cell(row, column)).join(','))].join('\n');
}

/** An evidence store that remembers what it was given, by id. */
export function aSink(): {
  put: (bytes: Uint8Array) => Promise<{ id: EvidenceId; fresh: boolean }>;
  stored: Map<EvidenceId, Uint8Array>;
} {
  const stored = new Map<EvidenceId, Uint8Array>();
  return {
    stored,
    put: (bytes) => {
      const id = evidenceId(sha256Hex(bytes));
      stored.set(id, bytes);
      return Promise.resolve({ id, fresh: true });
    },
  };
}
