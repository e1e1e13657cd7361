import { type Citation, type Claim, type Figure, makeClaim } from '@infrafabric/protocol';
import { BILL_MONTH_TOPIC } from '../bill/bill-month.ts';
import { citeFigure } from '../figure-citation.ts';
import { computeFigure, fillStatement } from '../figures.ts';
import type { Finding } from '../model/finding.ts';
import { Decimal, sum } from '../money.ts';
import { PERCENT_OF_LAST, TOTAL } from './net-derivations.ts';
import { findingKey, type NetOfOverlap, type NetSaving } from './waterfall.ts';

/** What waste is, for the report and the documentation. */
export const WASTE_MEANING =
  'Waste is the net saving of every finding but the purchase of commitments: money paid a month for what is not used, larger ' +
  'than its load or dearer than its like. Its share of the bill counts only findings on resources the bill has lines for.';

/**
 * States the waste: in all, by service, and in percent of what the bill comes to a month.
 *
 * Figures: `waste`, `billed` (the part on the bill), `service.<name>` for each service with any, largest first, and `percent`
 * only where a bill in USD covers some of it and the share makes sense: a resource that lived two days of the bill counts as
 * if it had lived a month, so the sum may exceed a bill of short-lived things, and then no share is stated.
 */
export function wasteClaim(findings: readonly Finding[], net: NetOfOverlap, claims: readonly Claim[]): Claim {
  const all = wastesOf(findings, net);
  const billed = all.filter((one) => one.finding.savings?.basis === 'bill');
  const services = [...Map.groupBy(all, (one) => one.finding.service)]
    .map(([service, members]) => total(`service.${service}`, members))
    .filter((figure) => Number(figure.value) > 0)
    .toSorted((a, b) => new Decimal(b.value).comparedTo(a.value) || (a.name < b.name ? -1 : 1));
  const figures = [total('waste', all), total('billed', billed), ...services, ...percentOf(billed, claims)];
  const hasShare = figures.some((figure) => figure.name === 'percent');
  const isAllBilled = figures[0]?.value === figures[1]?.value;
  const share = hasShare ? `${isAllBilled ? ', which' : '; {billed} of it'} is {percent} of the bill` : '';
  return makeClaim({
    topic: 'saving/waste',
    statement: fillStatement(`${IN_ALL}${share}.`, figures),
    figures,
    citations: [],
    confidence: '1.00',
    role: 'coordinator',
  });
}

const IN_ALL = '{waste} is paid for what need not be';

interface Waste {
  readonly finding: Finding;
  readonly net: NetSaving;
}

function wastesOf(findings: readonly Finding[], { nets }: NetOfOverlap): Waste[] {
  const keyed = findings.map((finding) => ({ finding, key: findingKey(finding) }));
  return keyed
    .toSorted((a, b) => (a.key < b.key ? -1 : 1))
    .flatMap(({ finding, key }) => {
      const net = finding.step === 'commitment' ? undefined : nets.get(key);
      return net === undefined ? [] : [{ finding, net }];
    });
}

function total(name: string, of: readonly Waste[]): Figure {
  const citations = of.map((one) => one.net.citations.effective);
  const request = { name, unit: 'USD/month', derivation: TOTAL, params: {}, citations };
  return computeFigure(request, () => of.map((one) => one.net.effective));
}

/** The share of the one bill in USD; nothing where there is none, or where it would be above 100 %. */
function percentOf(billed: readonly Waste[], claims: readonly Claim[]): Figure[] {
  const [bill, another] = claims.filter((claim) => claim.topic === BILL_MONTH_TOPIC);
  const month = bill?.figures.find((figure) => figure.name === 'month');
  if (bill === undefined || another !== undefined || month?.unit !== 'USD/month' || billed.length === 0) return [];
  const waste = sum(billed.map((one) => new Decimal(one.net.effective)));
  if (waste.greaterThan(month.value) || !new Decimal(month.value).greaterThan(0)) return [];
  const citations: Citation[] = [...billed.map((one) => one.net.citations.effective), citeFigure(bill, 'month')];
  return [
    computeFigure({ name: 'percent', unit: '%', derivation: PERCENT_OF_LAST, params: {}, citations }, () => [
      ...billed.map((one) => one.net.effective),
      month.value,
    ]),
  ];
}
