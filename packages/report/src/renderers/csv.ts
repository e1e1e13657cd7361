import type { Claim } from '@infrafabric/protocol';
import { isFinding, type ReportFinding } from '../model.ts';
import type { Renderer } from './catalogue.ts';
import { csvCell } from './text-safety.ts';

type Column = readonly [name: string, cell: (finding: ReportFinding, claims: Claims) => string];
type Claims = ReadonlyMap<string, Claim>;

const COLUMNS: readonly Column[] = [
  ['finding', (finding) => finding.id],
  ['rule', (finding) => finding.rule],
  ['ref', (finding) => finding.ref],
  ['role', (finding) => finding.role],
  ['service', (finding) => finding.service],
  ['account', (finding) => finding.resource.account],
  ['region', (finding) => finding.resource.region],
  ['resource_type', (finding) => finding.resource.type],
  ['resource_id', (finding) => finding.resource.id],
  ['resource_name', (finding) => finding.resource.name ?? ''],
  ['action', (finding) => finding.actionType ?? ''],
  ['priority', (finding) => finding.priority],
  ['severity', (finding) => String(finding.severity ?? '')],
  ['effort', (finding) => finding.effort ?? ''],
  ['risk', (finding) => finding.risk ?? ''],
  ['confidence', (finding) => finding.confidence ?? ''],
  ['basis', (finding) => finding.savings?.basis ?? ''],
  ['list_usd_month', (finding) => finding.savings?.list ?? ''],
  ['effective_usd_month', (finding) => finding.savings?.effective ?? ''],
  ['net_usd_month', (finding) => finding.net?.effective ?? ''],
  ['net_cash_now_usd_month', (finding) => finding.net?.cash_now ?? ''],
  ['net_freed_commitment_usd_month', (finding) => finding.net?.freed_commitment ?? ''],
  ['alternative_to', (finding) => finding.alternative_to ?? ''],
  ['statement', (finding, claims) => claims.get(finding.claim ?? '')?.statement ?? ''],
  ['claim', (finding) => finding.claim ?? ''],
  ['decision', (finding) => finding.decided?.decision ?? ''],
];

/** findings.csv: one line a finding, for spreadsheets. UNKNOWN verdicts are in the other formats. */
export const csvRenderer: Renderer = {
  format: 'csv',
  path: 'findings.csv',
  render: (report) => {
    const claims: Claims = new Map(report.claims.map((claim) => [claim.id, claim]));
    const head = COLUMNS.map(([name]) => name).join(',');
    const lines = report.findings
      .filter(isFinding)
      .map((finding) => COLUMNS.map(([, cell]) => csvCell(cell(finding, claims))).join(','));
    return `${[head, ...lines].join('\r\n')}\r\n`;
  },
};
