import type { Report, ReportFinding } from '@infrafabric/report';
import { plain, table, type Terminal } from './terminal.ts';

/** How many findings the summary shows; the report has them all. */
const SHOWN = 10;

/** The end of an analysis on one screen: money first, then the largest findings, then what is missing, then what to do next. */
export function summaryOf(report: Report, where: { out: string; root: string }, terminal: Terminal): string {
  const findings = report.findings.filter((finding): finding is ReportFinding => finding.verdict === 'FINDING');
  const bold = (text: string): string => terminal.paint('bold', text);
  const parts = [
    bold(`${findings.length} findings, ${report.totals.net_effective} USD a month can be saved`),
    `of it ${report.totals.net_cash_now} USD leaves the next invoice, ${report.totals.net_freed_commitment} USD frees commitments already paid`,
    '',
    findingTable(findings),
    '',
    ...report.notes.map((note) => `${terminal.paint('yellow', note.code)}: ${plain(note.detail)}`),
    ...gapLines(report, terminal),
    `report:  ${where.out}/report.html`,
    `verify:  infrafabric verify ${where.out} --root ${where.root}`,
  ];
  return `${parts.join('\n')}\n`;
}

function findingTable(findings: readonly ReportFinding[]): string {
  const top = [...findings]
    .sort((a, b) => Number(b.net?.effective ?? 0) - Number(a.net?.effective ?? 0))
    .slice(0, SHOWN);
  if (top.length === 0) return 'nothing found';
  const rows = top.map((finding) => [
    finding.net?.effective ?? '-',
    finding.priority,
    finding.rule,
    plain(finding.resource.name ?? finding.resource.id),
    finding.resource.region,
  ]);
  const more = findings.length > SHOWN ? `\n… and ${findings.length - SHOWN} more in the report` : '';
  return table([['USD/MONTH', 'PRIORITY', 'RULE', 'RESOURCE', 'REGION'], ...rows], [0]) + more;
}

function gapLines(report: Report, terminal: Terminal): string[] {
  if (report.gaps.length === 0) return [];
  const codes = [...Map.groupBy(report.gaps, (gap) => gap.code)].map(([code, gaps]) => `${code} (${gaps.length})`);
  return [`${terminal.paint('yellow', 'not analysed')}: ${codes.join(', ')}; see "What is missing" in the report`];
}
