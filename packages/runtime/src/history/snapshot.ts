import { EvidenceReader } from '@infrafabric/collect';
import {
  billCitations,
  type BillResult,
  billOf,
  type CostFacts,
  dailyCosts,
  type Gathered,
  type InputFile,
  isInventory,
} from '@infrafabric/finops';
import type { EvidenceStore, HistoryRow, HistorySnapshot } from '@infrafabric/protocol';
import type { Report } from '@infrafabric/report';

/** Parsed evidence kept while a bill is read again: none, as each file is read once. */
const CACHE_BYTES = 0;

/** An analysis as the history keeps it. */
export interface Analysed {
  readonly report: Report;
  /** Hex sha256 of report.json. */
  readonly sha256: string;
  readonly sources: HistorySources;
}

/** What the history keeps beside the report, of what the report was made of. */
export interface HistorySources {
  readonly files: readonly InputFile[];
  readonly costs: readonly CostFacts[];
  /** Accounts an agent looked at. */
  readonly accounts: readonly string[];
}

/** Takes what the history keeps out of what was gathered, which is large. */
export function historySources({ manifest, results: gathered }: Gathered): HistorySources {
  const results = gathered.map(({ result }) => result);
  const bills = results.filter((result): result is BillResult => result.kind === 'bill');
  return {
    files: manifest.files,
    costs: bills.flatMap((bill) => bill.costs),
    accounts: [...new Set(results.filter(isInventory).flatMap((index) => index.accounts))],
  };
}

/** Makes the rows of an analysis: costs by day, resources by their cost, and what can be saved. */
export async function snapshotOf(
  { report, sha256, sources }: Analysed,
  evidence: Pick<EvidenceStore, 'get'>,
  recordedAt: string,
): Promise<HistorySnapshot> {
  const { files, costs, accounts } = sources;
  return {
    report: sha256,
    recorded_at: recordedAt,
    rows: {
      cost_metrics: await costRows(files, evidence),
      resource_metrics: costs.map((facts) => resourceRow(facts, report.as_of)),
      optimization_opportunities: [...opportunityRows(report), ...markers(report, accounts)],
    },
  };
}

async function costRows(files: readonly InputFile[], evidence: Pick<EvidenceStore, 'get'>): Promise<HistoryRow[]> {
  const distinct = [...new Map(files.map((file) => [file.evidence, file])).values()];
  const citations = billCitations(distinct, 'lines');
  if (citations.length === 0) return [];
  const reader = new EvidenceReader(evidence, CACHE_BYTES);
  const cited: Awaited<ReturnType<typeof reader.cited>>[] = [];
  for (const citation of citations) cited.push(await reader.cited(citation));
  return dailyCosts(billOf(cited));
}

function resourceRow(facts: CostFacts, day: string): HistoryRow {
  const { resource_id, account = '', effective, on_demand, committed, days, basis } = facts;
  return {
    day,
    account,
    resource: resource_id,
    effective_month: effective,
    on_demand_month: on_demand,
    committed_month: committed,
    days: String(days),
    basis,
  };
}

function opportunityRows({ findings, suppressed, as_of }: Report): HistoryRow[] {
  const counted = findings.flatMap((one) =>
    one.verdict === 'FINDING' ? [{ one, net: one.net?.effective ?? null, decision: one.decided?.decision ?? '' }] : [],
  );
  const aside = suppressed.map((one) => ({ one, net: null, decision: setAsideBy(one.suppression) }));
  return [...counted, ...aside].map(({ one, net, decision }) => ({
    day: as_of,
    account: one.resource.account,
    role: one.role,
    finding: one.id,
    rule: one.rule,
    service: one.service,
    region: one.resource.region,
    resource_type: one.resource.type,
    resource: one.resource.id,
    action: one.actionType ?? '',
    priority: one.priority,
    list_month: one.savings?.list ?? null,
    net_month: net,
    decision,
  }));
}

const setAsideBy = (suppression: Report['suppressed'][number]['suppression']): string =>
  suppression.kind === 'decision' ? suppression.decision : suppression.kind;

/** Says which accounts an agent looked at, so that what it no longer finds is forgotten. */
function markers({ request, as_of }: Report, accounts: readonly string[]): HistoryRow[] {
  return accounts.flatMap((account) => request.roles.map((role) => ({ day: as_of, account, role, finding: null })));
}
