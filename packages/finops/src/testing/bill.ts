import type { Citation, CsvTable } from '@infrafabric/protocol';
import type { CitedBill } from '../bill/cited-bill.ts';

const COLUMNS = [
  'BilledCost',
  'BillingCurrency',
  'ChargeCategory',
  'ChargePeriodEnd',
  'ChargePeriodStart',
  'CommitmentDiscountStatus',
  'ContractedCost',
  'EffectiveCost',
  'ListCost',
  'PricingCategory',
  'ProviderName',
  'RegionId',
  'ResourceId',
  'ServiceName',
  'SubAccountId',
] as const;

/** A line of a test bill: what differs from one day of on-demand EC2 for 1.50 USD on 2026-11-01. */
export type BillLine = Partial<Record<(typeof COLUMNS)[number], string>>;

const USUAL: Record<(typeof COLUMNS)[number], string> = {
  BilledCost: '1.50',
  BillingCurrency: 'USD',
  ChargeCategory: 'Usage',
  ChargePeriodEnd: '2026-11-02T00:00:00Z',
  ChargePeriodStart: '2026-11-01T00:00:00Z',
  CommitmentDiscountStatus: '',
  ContractedCost: '1.50',
  EffectiveCost: '1.50',
  ListCost: '1.50',
  PricingCategory: 'Standard',
  ProviderName: 'AWS',
  RegionId: 'us-east-1',
  ResourceId: 'i-0123456789abcdef0',
  ServiceName: 'Amazon Elastic Compute Cloud',
  SubAccountId: '111122223333',
};

/** A FOCUS bill of these lines; `BilledCost` alone sets all four cost columns. */
export function aBill(lines: readonly BillLine[]): CsvTable {
  return {
    columns: COLUMNS,
    rows: lines.map((line) => {
      const cost = line.BilledCost;
      const costs = cost === undefined ? {} : { ContractedCost: cost, EffectiveCost: cost, ListCost: cost };
      const full = { ...USUAL, ...costs, ...line };
      return COLUMNS.map((column) => full[column]);
    }),
  };
}

/** The charge period of one day, for a line of a test bill. */
export function onDay(day: string): BillLine {
  const next = new Date(Date.parse(day) + 86_400_000).toISOString();
  return { ChargePeriodStart: `${day}T00:00:00Z`, ChargePeriodEnd: next };
}

/** A citation of a whole bill. */
export const aBillCitation = (): Citation => ({
  evidence: `if://evidence/sha256/${'b'.repeat(64)}`,
  pointer: '',
  media_type: 'text/csv',
});

/** Tables as one bill, each cited whole. */
export const aCitedBill = (...cited: CsvTable[]): CitedBill => ({ cited, citations: cited.map(aBillCitation) });
