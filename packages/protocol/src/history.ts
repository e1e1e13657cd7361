/** How a column of the history is kept; amounts are exact decimals with twelve places, texts are never NULL but in markers. */
export type HistoryType = 'day' | 'instant' | 'text' | 'amount' | 'number';

/** A table of the history. */
export interface HistoryTable {
  readonly columns: readonly { readonly name: string; readonly type: HistoryType; readonly what: string }[];
  /** What one snapshot speaks about whole: of two snapshots that speak about the same, the later one counts. */
  readonly scope: readonly string[];
  /** With the scope, what no two rows share. A row without the first of them only marks its scope as spoken about. */
  readonly identity: readonly string[];
}

const DAY = { name: 'day', type: 'day' } as const;
const ACCOUNT = { name: 'account', type: 'text', what: '12 digits, or empty' } as const;
const SNAPSHOT = [
  { name: 'recorded_at', type: 'instant', what: 'when the snapshot was kept' },
  { name: 'report', type: 'text', what: 'sha256 of the report.json it belongs to' },
] as const;

/** The tables of the history, the same in every store. */
export const HISTORY_TABLES = {
  cost_metrics: {
    columns: [
      { ...DAY, what: 'start of the charge period, UTC' },
      { name: 'provider', type: 'text', what: 'ProviderName' },
      { ...ACCOUNT, what: 'SubAccountId' },
      { name: 'region', type: 'text', what: 'RegionId' },
      { name: 'service', type: 'text', what: 'ServiceName' },
      { name: 'category', type: 'text', what: 'ChargeCategory' },
      { name: 'currency', type: 'text', what: 'BillingCurrency, or USD when the bill came with rates' },
      { name: 'list_cost', type: 'amount', what: 'ListCost' },
      { name: 'contracted_cost', type: 'amount', what: 'ContractedCost' },
      { name: 'effective_cost', type: 'amount', what: 'EffectiveCost' },
      { name: 'billed_cost', type: 'amount', what: 'BilledCost' },
      ...SNAPSHOT,
    ],
    scope: ['day', 'provider', 'account'],
    identity: ['service', 'region', 'category', 'currency'],
  },
  resource_metrics: {
    columns: [
      { ...DAY, what: 'the date of the analysis' },
      ACCOUNT,
      { name: 'resource', type: 'text', what: 'ResourceId as the bill writes it' },
      { name: 'effective_month', type: 'amount', what: 'amortised cost scaled to 30.44 days, USD' },
      { name: 'on_demand_month', type: 'amount', what: 'of it not covered by a commitment' },
      { name: 'committed_month', type: 'amount', what: 'of it covered by a commitment' },
      { name: 'days', type: 'number', what: 'days of the bill with lines of it' },
      { name: 'basis', type: 'text', what: 'EffectiveCost or BilledCost' },
      ...SNAPSHOT,
    ],
    scope: ['day', 'account'],
    identity: ['resource'],
  },
  optimization_opportunities: {
    columns: [
      { ...DAY, what: 'the date of the analysis' },
      ACCOUNT,
      { name: 'role', type: 'text', what: 'the agent that found it' },
      { name: 'finding', type: 'text', what: 'id of the finding, the same in every report' },
      { name: 'rule', type: 'text', what: 'the check' },
      { name: 'service', type: 'text', what: 'the service of the check' },
      { name: 'region', type: 'text', what: 'region of the resource' },
      { name: 'resource_type', type: 'text', what: 'kind of the resource' },
      { name: 'resource', type: 'text', what: 'id of the resource' },
      { name: 'action', type: 'text', what: 'what to do, or empty' },
      { name: 'priority', type: 'text', what: 'high, medium or low' },
      {
        name: 'list_month',
        type: 'amount',
        what: 'saving at list price, USD a month; NULL for advice without dollars',
      },
      { name: 'net_month', type: 'amount', what: 'what it adds to the total; NULL when it is in none' },
      { name: 'decision', type: 'text', what: 'what a person decided, or empty' },
      ...SNAPSHOT,
    ],
    scope: ['day', 'account', 'role'],
    identity: ['finding'],
  },
} as const satisfies Record<string, HistoryTable>;

/** The name of a table of the history. */
export type HistoryTableName = keyof typeof HISTORY_TABLES;

/** A row by column name; without `recorded_at` and `report`, which the snapshot says. */
export type HistoryRow = Readonly<Record<string, string | null>>;

/** What one analysis adds to the history. */
export interface HistorySnapshot {
  /** Hex sha256 of report.json: the same report kept twice is kept once. */
  readonly report: string;
  /** ISO 8601 Z. */
  readonly recorded_at: string;
  readonly rows: Readonly<Record<HistoryTableName, readonly HistoryRow[]>>;
}

/** An answer of the history: cells as text, NULL as null. */
export interface HistoryRows {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | null)[])[];
}

/** Days of a table, both included; all of them unless given. */
export interface HistoryRange {
  readonly table: HistoryTableName;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

/**
 * Bills and findings by day.
 *
 * What a snapshot speaks about it replaces whole, so an analysis that is run again doubles nothing. A snapshot is there whole
 * or, table by table, not at all.
 */
export interface HistoryStore {
  record(snapshot: HistorySnapshot): Promise<void>;
  /** The rows that count, in the order of scope and identity. */
  read(range: HistoryRange): Promise<HistoryRows>;
  /** One SELECT over the tables by name; it can change nothing and read nothing else. @throws StoreError `QUERY_INVALID`. */
  query(sql: string): Promise<HistoryRows>;
}
