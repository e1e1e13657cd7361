import { Decimal, formatUsd, sum } from '@infrafabric/finops';
import type { Claim } from '@infrafabric/protocol';
import type { ReportFinding } from '../../model.ts';
import { shareBar } from './charts.ts';
import { figureDetails } from './figures.ts';
import { cell, code, counted, foreign, grouped, section } from './markup.ts';
import type { View } from './view.ts';

/** Findings with a row of their own, so that a browser opens the page of a large estate; the sum of the others is said. */
export const SHOWN_FINDINGS = 2000;

/** Findings whose figures are in the page; the others have theirs in report.json. */
const WITH_FIGURES = 500;

const GRADES = ['VeryLow', 'Low', 'Medium', 'High', 'VeryHigh'];

/** Every finding that saves money, the largest first: what it is worth, how sure, how hard, and why. */
export function savingsSection(view: View): string {
  const { savings } = view;
  if (savings.length === 0)
    return section('savings', 'Savings', '', '<p class="lead">No rule found money to save in what it could judge.</p>');
  const rows = savings.slice(0, SHOWN_FINDINGS).map((finding, at) => row(finding, view, at < WITH_FIGURES));
  const heads = ['Net USD/month', 'Finding', 'Priority', 'Effort', 'Risk', 'Confidence', 'List', 'Effective'];
  const head = heads.map((name) => `<th${NUMBERS.has(name) ? ' class="num"' : ''} scope="col">${name}</th>`).join('');
  const body = [
    wasteText(view),
    '<p class="lead soft">Net is what a finding adds once overlap with others on the same resource is gone; net amounts add up to the total. ',
    'List is at list price; effective is of what the bill really charges, or list where the bill does not cover the resource.</p>',
    '<div><p class="filter" hidden><label>Search <input type="search" autocomplete="off"></label><output></output></p>',
    `<table class="stack" data-sort><thead><tr>${head}</tr></thead><tbody>${rows.join('\n')}</tbody></table></div>`,
    remainder(savings.slice(SHOWN_FINDINGS)),
    `<p class="soft"><small>Priority: ${foreign(view.report.priority)}</small></p>`,
  ].join('');
  return section('savings', 'Savings', counted(savings.length, 'finding'), body);
}

const NUMBERS = new Set(['Net USD/month', 'Confidence', 'List', 'Effective']);

/** Services with a bar of their own. */
const SHOWN_SERVICES = 12;

/** Which services the waste is in. */
function wasteText(view: View): string {
  const { waste } = view.report;
  const largest = Math.max(0, ...waste.services.map((one) => Number(one.usd_month)));
  const rows = waste.services
    .slice(0, SHOWN_SERVICES)
    .map(
      ({ service, usd_month: usd }) =>
        `<tr><td class="label">${foreign(service)}</td><td class="bar">${shareBar(Number(usd), largest)}</td><td class="num">${grouped(usd)} USD/month</td></tr>`,
    );
  const more = waste.services.length - rows.length;
  const rest = more > 0 ? `<p class="soft">${counted(more, 'smaller service')} in the figures below.</p>` : '';
  const claim = view.claims.get(waste.claim);
  return [
    `<div class="card"><h3>Waste by service</h3><p>${foreign(claim?.statement ?? '')} <span class="soft">${foreign(waste.meaning)}</span></p>`,
    `<table class="bars"><tbody>${rows.join('')}</tbody></table>${rest}${figureDetails([claim], view)}</div>`,
  ].join('');
}

function remainder(rest: readonly ReportFinding[]): string {
  if (rest.length === 0) return '';
  const together = formatUsd(sum(rest.map((finding) => new Decimal(finding.net?.effective ?? 0))));
  return `<p class="lead">And ${counted(rest.length, 'smaller finding')}, together ${grouped(together)} USD a month: see findings.csv and report.json.</p>`;
}

function row(finding: ReportFinding, view: View, withFigures: boolean): string {
  const { savings, net } = finding;
  return [
    '<tr>',
    cell('Net USD/month', grouped(net?.effective ?? ''), { kind: 'num net', key: net?.effective ?? '' }),
    cell('Finding', whatText(finding, view, withFigures), { kind: 'what', key: finding.rule }),
    gradeCells(finding),
    cell('List', grouped(savings?.list ?? ''), { kind: 'num', key: savings?.list ?? '' }),
    cell('Effective', effectiveText(finding), { kind: 'num', key: savings?.effective ?? '' }),
    '</tr>',
  ].join('');
}

/** Priority, effort, risk and confidence of a finding. */
export function gradeCells(finding: ReportFinding): string {
  const { priority, effort = '', risk = '', confidence = '' } = finding;
  const rank = ['low', 'medium', 'high'].indexOf(priority);
  return [
    cell('Priority', `<span class="pill ${priority}">${priority}</span>`, { key: String(rank) }),
    cell('Effort', gradeText(effort), { key: String(GRADES.indexOf(effort)) }),
    cell('Risk', gradeText(risk), { key: String(GRADES.indexOf(risk)) }),
    cell('Confidence', foreign(confidence), { kind: 'num', key: confidence }),
  ].join('');
}

const gradeText = (grade: string): string => foreign(grade.replace('Very', 'Very '));

function effectiveText({ savings }: ReportFinding): string {
  if (savings === undefined) return '';
  return `${grouped(savings.effective)}<br><small>${savings.basis === 'bill' ? 'on the bill' : 'at list'}</small>`;
}

/** What a finding says of which resource, and behind a fold how it knows. */
export function whatText(finding: ReportFinding, view: View, withFigures: boolean): string {
  const claim = view.claims.get(finding.claim ?? '');
  return [
    resourceText(finding),
    `<p>${foreign(claim?.statement ?? '')}</p>`,
    whereText(finding),
    overlapText(finding),
    acceptedText(finding),
    unknownText(finding),
    withFigures ? proofOf(finding, claim, view) : '',
  ].join('');
}

function resourceText({ resource: { id, name } }: ReportFinding): string {
  const called = name === undefined || name === id ? '' : ` <span class="soft">${foreign(name)}</span>`;
  return `<span class="id">${code(id)}</span>${called}`;
}

function acceptedText({ decided }: ReportFinding): string {
  if (decided === undefined) return '';
  return `<div class="where"><span class="pill">accepted</span><span class="long">by ${foreign(decided.by)} on ${foreign(decided.at.slice(0, 10))}; it counts until it is gone</span></div>`;
}

function whereText({ id, rule, ref, resource }: ReportFinding): string {
  const words = [ref, resource.type, resource.region, resource.account].map((word) => `<span>${foreign(word)}</span>`);
  return `<div class="where">${code(rule)}${words.join('')}${code(id)}</div>`;
}

function proofOf(finding: ReportFinding, claim: Claim | undefined, view: View): string {
  const billed = view.claims.get(finding.savings?.claim ?? '');
  const net = view.netFigures.get((billed ?? claim)?.id ?? '') ?? [];
  return figureDetails([claim, billed], view, net);
}

function overlapText({ savings, net, alternative_to: other }: ReportFinding): string {
  if (other !== undefined)
    return `<div class="where"><span class="long">One of several options for this resource: ${code(other)} saves more and counts; choose one.</span></div>`;
  if (savings === undefined || net === undefined || savings.effective === net.effective) return '';
  return `<div class="where"><span class="long">Overlaps with another finding on this resource: ${grouped(net.effective)} of ${grouped(savings.effective)} USD is its own.</span></div>`;
}

function unknownText({ savings_unknown: unknown }: ReportFinding): string {
  if (unknown === undefined) return '';
  return `<div class="where"><span>${code(unknown.reason)}</span>${foreign(unknown.detail)}</div>`;
}
