import type { Narrative, Report, ReportFinding } from '@infrafabric/report';
import { oneLine, table } from './table.ts';
import type { Terminal } from './terminal.ts';

/** How many findings the summary shows; the report has them all. */
const SHOWN = 10;

/** Where a report stands: `root` is the key that vouches for it, absent when nobody here knows. */
export interface Place {
  readonly out: string;
  readonly formats: readonly string[];
  readonly root?: string | undefined;
  /** What a model wrote; absent when none was asked. */
  readonly narrative?: Narrative | undefined;
}

/** The end of an analysis on one screen: money first, then the largest findings, then what is missing, then what to do next. */
export function summaryOf(report: Report, place: Place, { paint }: Pick<Terminal, 'paint'>): string {
  const findings = report.findings.filter((finding): finding is ReportFinding => finding.verdict === 'FINDING');
  const { net_effective, net_confident, net_to_confirm, net_cash_now, net_freed_commitment } = report.totals;
  const isAllSure = net_confident === net_effective;
  const { percent_of_bill: percent, billed_usd_month: billed } = report.waste;
  const parts = [
    paint('bold', `${findings.length} findings, ${net_confident} USD a month can be saved`),
    ...(isAllSure
      ? []
      : [`to confirm first: ${net_to_confirm} USD more (confidence below 0.50), ${net_effective} USD in all`]),
    `of ${isAllSure ? 'it' : 'all'} ${net_cash_now} USD leaves the next invoice, ${net_freed_commitment} USD frees commitments already paid`,
    ...(percent === undefined ? [] : [`waste: ${billed} USD a month is ${percent} % of usage on the bill`]),
    ...commitmentLines(report),
    ...challengeLines(report, paint),
    '',
    findingTable(findings),
    '',
    ...narrativeLines(place.narrative, paint),
    ...answerLines(report, paint),
    ...report.notes.map((note) => `${paint('yellow', oneLine(note.code))}: ${oneLine(note.detail)}`),
    ...suppressedLines(report),
    ...gapLines(report, paint),
    `report:  ${place.out}/${place.formats.includes('html') ? 'report.html' : 'report.json'}`,
    ...(report.action_plan.steps.length === 0 ? [] : [`what to do:  infrafabric plan ${place.out}`]),
    place.root === undefined
      ? `not verified yet:  infrafabric verify ${place.out}`
      : `verify:  infrafabric verify ${place.out} --root ${place.root}`,
  ];
  return `${parts.join('\n')}\n`;
}

/** What commitments would save on what the findings leave: no part of their total. */
function commitmentLines({ commitments }: Report): string[] {
  if (commitments === undefined || commitments.usd_month === '0.00') return [];
  return [`commitments: ${commitments.usd_month} USD a month more, for what is left after all that`];
}

/** What a second agent said of the largest savings. */
function challengeLines({ challenges }: Report, paint: Terminal['paint']): string[] {
  if (challenges === undefined || challenges.confirmed + challenges.disconfirmed === 0) return [];
  const { confirmed, disconfirmed, lowered_by: less } = challenges;
  const said = `challenged: ${confirmed} of the largest savings confirmed by a second agent from the bill alone`;
  if (disconfirmed === 0) return [said];
  return [paint('yellow', `${said}, ${disconfirmed} disconfirmed: the smaller value counts, ${less} USD a month less`)];
}

/** The words of a model, told from ours, and why there are none. */
function narrativeLines(narrative: Narrative | undefined, paint: Terminal['paint']): string[] {
  if (narrative === undefined) return [];
  const { provider, model, question, summary, refused, gaps, spent } = narrative;
  const who = provider === 'fake' ? `a test double of ${oneLine(model)}` : oneLine(model);
  return [
    `${paint('bold', 'in words')}, by ${who} for ${spent.usd} USD; ${refused === 1 ? '1 sentence' : `${refused} sentences`} left out that no claim supports`,
    ...(question === undefined ? [] : [`  the question was read as: ${oneLine(question.read_as)}`]),
    ...summary.map(({ text }) => `  ${oneLine(text)}`),
    ...gaps.map(({ code, detail }) => `  ${paint('yellow', oneLine(code))}: ${oneLine(detail)}`),
    '',
  ];
}

/** Claims of an answer that the summary shows; the report has them all. */
const SHOWN_CLAIMS = 5;

function answerLines({ answer, claims }: Report, paint: Terminal['paint']): string[] {
  if (answer === undefined) return [];
  const statements = answer.claims.flatMap((id) => claims.find((claim) => claim.id === id)?.statement ?? []);
  const more = statements.length - SHOWN_CLAIMS;
  return [
    `${paint('bold', 'asked')}, read as: ${oneLine(answer.read_as)}`,
    ...statements.slice(0, SHOWN_CLAIMS).map((statement) => `  ${oneLine(statement)}`),
    ...(more > 0 ? [`  … and ${more} more in the report`] : []),
    ...(answer.unanswered === undefined ? [] : [`  not answered: ${oneLine(answer.unanswered)}`]),
    ...(answer.can_answer ?? []).map((one) => `  can be asked: ${oneLine(one)}`),
    '',
  ];
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
    finding.resource.name ?? finding.resource.id,
    finding.resource.region,
  ]);
  const more = findings.length > SHOWN ? `\n… and ${findings.length - SHOWN} more in the report` : '';
  return table([['USD/MONTH', 'PRIORITY', 'RULE', 'RESOURCE', 'REGION'], ...rows], [0]) + more;
}

function suppressedLines({ suppressed }: Report): string[] {
  if (suppressed.length === 0) return [];
  const what = suppressed.length === 1 ? '1 finding is' : `${suppressed.length} findings are`;
  return [`${what} set aside and in no total; see "Set aside" in the report`];
}

function gapLines(report: Report, paint: Terminal['paint']): string[] {
  if (report.gaps.length === 0) return [];
  const codes = [...Map.groupBy(report.gaps, (gap) => oneLine(gap.code))].map(
    ([code, { length }]) => `${code} (${length})`,
  );
  return [`${paint('yellow', 'not analysed')}: ${codes.join(', ')}; see "What is missing" in the report`];
}
