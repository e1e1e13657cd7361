import { HEADLINE_CONFIDENCE, isConfident } from '@infrafabric/finops';
import { isFinding, isUnknown, type Report, type ReportFinding } from '../model.ts';
import { answeredText } from './answered.ts';
import type { Renderer } from './catalogue.ts';
import { challengesText } from './markdown-challenges.ts';
import { loweredText } from './challenge-words.ts';
import { commitmentsText } from './markdown-commitments.ts';
import { opinionsText } from './markdown-opinions.ts';
import { actionPlanText } from './markdown-plan.ts';
import { narrativeText } from './markdown-narrative.ts';
import { answerText } from './markdown-answer.ts';
import { markdown } from './text-safety.ts';

/** report.md: the whole report as text a person can read, paste and diff. */
export const markdownRenderer: Renderer = {
  format: 'md',
  path: 'report.md',
  render: (report, narrative) =>
    `${[head(report), narrativeText(report, narrative), answerText(report), actionPlanText(report), findings(report), commitmentsText(report), challengesText(report), setAside(report), opinionsText(report), spend(report), missing(report), coverage(report), inputs(report)].filter((part) => part !== '').join('\n\n')}\n`,
};

function head({ as_of, totals, findings: all, waste, request, plan, challenges }: Report): string {
  const lowered = loweredText(challenges);
  const unsure = all.filter(isFinding).filter((one) => one.net !== undefined && !isConfident(one)).length;
  return [
    `# Cloud cost report as of ${as_of}`,
    '',
    `${totals.findings} findings; **${totals.net_confident} USD a month** can be saved once overlap is removed (gross ${totals.gross_effective} USD).`,
    ...(unsure === 0
      ? []
      : [
          `To confirm first: ${totals.net_to_confirm} USD more (${unsure} ${unsure === 1 ? 'finding' : 'findings'} of a confidence below ${HEADLINE_CONFIDENCE}), ${totals.net_effective} USD in all.`,
        ]),
    `Of ${unsure === 0 ? 'it' : 'all'} ${totals.net_cash_now} USD leaves the next invoice and ${totals.net_freed_commitment} USD frees commitments already paid for.`,
    ...(lowered === '' ? [] : [lowered]),
    `Waste: ${waste.usd_month} USD a month${shareText(waste)}. By service: ${waste.services.map((one) => `${markdown(one.service)} ${one.usd_month}`).join(', ') || 'none'}.`,
    markdown(waste.meaning),
    '',
    `Agents: ${request.roles.join(', ')}. Plan: ${plan.tasks.length} tasks, made by rule (${plan.maker}).`,
    'Every figure can be recomputed from the evidence beside this file: `infrafabric verify <dir> --root <key id>`.',
  ].join('\n');
}

function shareText({ usd_month: all, billed_usd_month: billed, percent_of_bill: percent }: Report['waste']): string {
  if (percent === undefined) return '';
  return `${billed === all ? ', which' : `; ${billed} of it`} is ${percent} % of usage on the bill`;
}

function findings(report: Report): string {
  const all = report.findings.filter(isFinding);
  const claims = new Map(report.claims.map((claim) => [claim.id, claim.statement]));
  const said = (finding: ReportFinding): string =>
    [claims.get(finding.claim ?? '') ?? '', optionText(finding)].filter((text) => text !== '').join(' ');
  const money = all
    .filter((finding) => finding.net !== undefined)
    .toSorted((a, b) => Number(b.net?.effective) - Number(a.net?.effective))
    .map((finding) =>
      row([finding.net?.effective ?? '', finding.savings?.list ?? '', ...common(finding), said(finding)]),
    );
  const advice = all
    .filter((finding) => finding.net === undefined)
    .toSorted((a, b) => (b.severity ?? 0) - (a.severity ?? 0))
    .map((finding) => row([String(finding.severity ?? ''), ...common(finding), said(finding)]));
  return [
    '## Savings',
    '',
    ...(money.length === 0 ? ['None.'] : [...MONEY_HEAD, ...money]),
    '',
    `Priority: ${markdown(report.priority)}`,
    ...(advice.length === 0 ? [] : ['', '## Risks and advice without dollars', '', ...ADVICE_HEAD, ...advice]),
  ].join('\n');
}

function optionText({ alternative_to: other }: ReportFinding): string {
  return other === undefined ? '' : `One of several options: ${other} saves more and counts; choose one.`;
}

const MONEY_HEAD = [
  '| net USD/month | list | priority | effort | risk | confidence | rule | resource | statement |',
  '|---:|---:|---|---|---|---:|---|---|---|',
];
const ADVICE_HEAD = [
  '| severity | priority | effort | risk | confidence | rule | resource | statement |',
  '|---:|---|---|---|---:|---|---|---|',
];

function common(finding: ReportFinding): string[] {
  const { priority, effort = '', risk = '', confidence = '', rule } = finding;
  return [priority, effort, risk, confidence, rule, resourceText(finding)];
}

function resourceText({ resource }: Pick<ReportFinding, 'resource'>): string {
  const name = resource.name === undefined ? '' : ` (${resource.name})`;
  return `${resource.id}${name} in ${resource.account}/${resource.region}`;
}

type Suppression = Report['suppressed'][number]['suppression'];

const wordOf = (suppression: Suppression): string => (suppression.kind === 'tag' ? 'exclude' : suppression.decision);

/** Reason, by whom, on which day, until when. */
function saidCells(suppression: Suppression): string[] {
  if (suppression.kind === 'tag') return [`tags: ${suppression.expression}`, '', '', ''];
  const { by, at, until = '', reason = '' } = suppression;
  return [reason, by, at.slice(0, 10), until];
}

function setAside({ suppressed, left_out }: Report): string {
  if (suppressed.length === 0) return '';
  const rows = suppressed.map(({ id, rule, resource, savings, suppression }) =>
    row([
      wordOf(suppression),
      savings?.effective ?? '',
      rule,
      resourceText({ resource }),
      ...saidCells(suppression),
      id,
    ]),
  );
  return [
    '## Set aside',
    '',
    `In no total, because a person said so: ${left_out.usd_month} USD a month before overlap is removed.`,
    '',
    ...ASIDE_HEAD,
    ...rows,
  ].join('\n');
}

const ASIDE_HEAD = [
  '| decision | saving USD/month | rule | resource | reason | by | on | until | finding |',
  '|---|---:|---|---|---|---|---|---|---|',
];

function spend(report: Report): string {
  const claims = report.claims.filter((claim) =>
    /^(spend|forecast|budget|change|trend|anomaly)\/|^saving\/realised/.test(claim.topic),
  );
  if (claims.length === 0) return '## Spend\n\nNo bill was given.';
  return [
    '## Spend',
    '',
    ...claims.toSorted((a, b) => (a.topic < b.topic ? -1 : 1)).map((claim) => `- ${markdown(claim.statement)}`),
  ].join('\n');
}

function missing(report: Report): string {
  const gaps = report.gaps.map((gap) => `- **${markdown(gap.code)}** ${markdown(gap.what)}: ${markdown(gap.detail)}`);
  const notes = report.notes.map((note) => `- **${markdown(note.code)}** ${markdown(note.detail)}`);
  return [
    '## What is missing',
    '',
    ...(gaps.length === 0 ? ['Nothing that was asked for.'] : gaps),
    ...(notes.length === 0 ? [] : ['', '## Remarks', '', ...notes]),
  ].join('\n');
}

function coverage(report: Report): string {
  const rows = report.coverage.map((part) =>
    row([part.rule, String(part.finding), String(part.ok), String(part.unknown)]),
  );
  const unknown = report.findings
    .filter(isUnknown)
    .map((group) => row([group.rule, group.reason, String(group.resources.length), group.detail]));
  return [
    '## Coverage',
    '',
    `${answeredText(report.coverage)} What is not known is in no total.`,
    '',
    '| rule | findings | ok | unknown |',
    '|---|---:|---:|---:|',
    ...rows,
    ...(unknown.length === 0
      ? []
      : ['', 'Why it is not known:', '', '| rule | reason | resources | detail |', '|---|---|---:|---|', ...unknown]),
  ].join('\n');
}

function inputs(report: Report): string {
  const unused = report.inputs.unused.map((one) => row([one.what, one.reason, String(one.count)]));
  const bytes = report.inputs.files.reduce((sum, file) => sum + file.bytes, 0);
  return [
    '## Inputs',
    '',
    `${report.inputs.files.length} files, ${bytes} bytes; their hashes are in report.json.`,
    ...(unused.length === 0 ? [] : ['', 'Not used:', '', '| what | reason | count |', '|---|---|---:|', ...unused]),
  ].join('\n');
}

function row(cells: readonly string[]): string {
  return `| ${cells.map(markdown).join(' | ')} |`;
}
