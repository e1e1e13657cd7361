import { Decimal, formatUsd, HEADLINE_CONFIDENCE, isConfident } from '@infrafabric/finops';
import { loweredText } from '../challenge-words.ts';
import { html } from '../text-safety.ts';
import { figureDetails } from './figures.ts';
import { code, counted, grouped } from './markup.ts';
import type { View } from './view.ts';

/** What a reader must know in five seconds: how much, of what kind, as of when, how complete. */
export function headline(view: View): string {
  const { report, savings } = view;
  const { totals } = report;
  return [
    `<header><p class="eyebrow"><span><b>InfraFabric</b> cloud cost report</span><span>as of <b>${html(report.as_of)}</b></span></p>`,
    '<div class="headline"><div>',
    `<h1><span class="sum">${grouped(totals.net_confident)}<small>USD a month</small></span>`,
    `can be saved with ${counted(savings.filter(isConfident).length, 'finding')}, each dollar counted once.</h1>`,
    toConfirm(view),
    lowered(report),
    splitBar(totals.net_cash_now, totals.net_freed_commitment),
    '</div>',
    ledger(view),
    '</div>',
    facts(view),
    '</header>',
  ].join('\n');
}

/** What is not sure enough to stand in the headline, and what both come to; nothing where all is sure enough. */
function toConfirm({ report: { totals }, savings }: View): string {
  const unsure = savings.filter((finding) => !isConfident(finding));
  if (unsure.length === 0) return '';
  return (
    `<p class="soft">To confirm first: ${grouped(totals.net_to_confirm)} more with ${counted(unsure.length, 'finding')} ` +
    `of a confidence below ${HEADLINE_CONFIDENCE}; ${grouped(totals.net_effective)} in all, of which:</p>`
  );
}

function lowered({ challenges }: View['report']): string {
  const text = loweredText(challenges);
  return text === '' ? '' : `<p class="soft">${html(text)}</p>`;
}

function splitBar(cash: string, freed: string): string {
  const [a, b] = [Math.max(0, Number(cash)), Math.max(0, Number(freed))];
  if (a + b === 0) return '';
  const width = ((a / (a + b)) * 1000).toFixed(1);
  return [
    '<svg class="split" viewBox="0 0 1000 10" preserveAspectRatio="none" aria-hidden="true">',
    `<rect class="freed" width="1000" height="10"/><rect class="cash" width="${width}" height="10"/></svg>`,
    `<p class="key"><span>${grouped(cash)} leaves the next invoice</span>`,
    `<span class="freed">${grouped(freed)} frees commitments already paid for</span></p>`,
  ].join('');
}

function ledger(view: View): string {
  const { totals, left_out: aside } = view.report;
  const overlap = lessUsd(totals.net_effective, totals.gross_effective);
  const discount = lessUsd(totals.gross_effective, totals.gross_list);
  const rows = [
    ['', 'All findings at list price', totals.gross_list],
    ['part', discountLabel(view.report), discount],
    ['rule', 'Gross, at what the bill charges', totals.gross_effective],
    ['part', 'less: overlap between findings', overlap],
    ['rule', 'Net, USD a month', totals.net_effective],
    ...(aside.findings === 0
      ? []
      : [['part', `set aside, in no total: ${counted(aside.findings, 'finding')}`, aside.usd_month] as const]),
  ] as const;
  const body = rows.map(
    ([kind, label, value]) => `<tr class="${kind}"><th scope="row">${label}</th><td>${grouped(value)}</td></tr>`,
  );
  return `<div><table class="ledger"><tbody>${body.join('')}</tbody></table>${figureDetails([view.claims.get(totals.claim)], view)}</div>`;
}

/** What lies between list price and gross. */
const discountLabel = ({ challenges }: View['report']): string =>
  challenges === undefined || challenges.disconfirmed === 0
    ? 'less: discounts and commitments in the bill'
    : 'less: discounts, commitments, disconfirmed savings';

/** What takes `from` down to `to`: 0.00 or, as a rule, a negative amount. */
const lessUsd = (to: string, from: string): string => formatUsd(new Decimal(to).minus(from));

function facts({ report, savings, advice }: View): string {
  const judged = report.coverage.reduce((sum, part) => sum + part.finding + part.ok + part.unknown, 0);
  const unknown = report.coverage.reduce((sum, part) => sum + part.unknown, 0);
  const facts = [
    wasteFact(report),
    ['Findings', String(report.totals.findings), `${savings.length} with dollars, ${advice.length} without`],
    [
      'Checks made',
      String(judged),
      `${counted(report.coverage.length, 'rule')} on ${counted(report.inputs.files.length, 'file')}`,
    ],
    ['Not known', String(unknown), 'checks without an answer, outside the total'],
    [
      'Missing',
      String(report.gaps.length),
      report.gaps.length === 0 ? 'nothing that was asked for' : 'gaps, named below',
    ],
  ] as const;
  const body = facts.map(
    ([name, value, note]) => `<div><dt>${name}</dt><dd>${grouped(value)}<small>${note}</small></dd></div>`,
  );
  return `<dl class="facts">${body.join('')}</dl>`;
}

/** The share of the bill where it covers something, else the amount. */
function wasteFact({ waste }: View['report']): readonly [string, string, string] {
  const { percent_of_bill: percent, billed_usd_month: billed, usd_month: all } = waste;
  if (percent === undefined) return ['Waste', grouped(all), 'USD a month; no bill to compare it with'];
  return ['Waste', `${percent} %`, `of usage on the bill: ${grouped(billed)} USD a month`];
}

/** How to check the page, with room for the one thing it may not say about itself. */
export function seal(): string {
  return [
    '<aside class="card seal"><h3>Check this report yourself, offline</h3>',
    '<pre>infrafabric verify &lt;this folder&gt; --root &lt;root key id&gt;</pre>',
    `<p class="soft">The root key id begins with ${code('ed25519:')}. It is not in this file: a report that names its own root vouches for itself. `,
    'Ask whoever ran the analysis, by another way than this folder came.</p>',
    '<p>Root key id I was given: <span class="blank">&nbsp;</span></p></aside>',
  ].join('');
}
