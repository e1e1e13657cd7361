import { type Citation, type Claim, type Derivation, type Figure, makeClaim } from '@infrafabric/protocol';
import { FinopsError } from '../errors.ts';
import { citeFigure } from '../figure-citation.ts';
import { computeFigure } from '../figures.ts';
import type { Finding, Savings, WaterfallStep } from '../model/finding.ts';
import { resourceKey } from '../model/resource.ts';
import { Decimal, formatUsd, sum } from '../money.ts';
import { isConfident } from './headline.ts';
import { NET_CASH_NOW, NET_FREED_COMMITMENT, NET_SAVING, TOTAL } from './net-derivations.ts';
import { bestOf } from './net-saving.ts';

/** What a finding adds to the totals, a month in USD, and where each amount is proven: effective = cash_now + freed_commitment. */
export interface NetSaving {
  readonly effective: string;
  readonly cash_now: string;
  readonly freed_commitment: string;
  /** The rule of the finding to choose instead: both are options of one step on one resource, and that one saves more. */
  readonly alternative_to?: string;
  /** Figures that hold the three amounts; an amount that is 0.00 by definition has none. */
  readonly citations: {
    readonly effective: Citation;
    readonly cash_now: Citation;
    readonly freed_commitment?: Citation;
  };
}

/** Savings once overlap is removed. */
export interface NetOfOverlap {
  /** By finding, see {@link findingKey}; findings without dollars have none. */
  readonly nets: ReadonlyMap<string, NetSaving>;
  /** What resources with several savings net to, one claim a resource, and the totals; sorted by id. */
  readonly claims: readonly Claim[];
  /**
   * Claim with figures gross_list, gross_effective, net_effective, net_cash_now, net_freed_commitment, net_confident and
   * net_to_confirm: net_effective is the sum of the middle two, and of the last two.
   */
  readonly totals: Claim;
}

/** Names a finding inside a report: one rule says one thing about one resource. */
export const findingKey = (finding: Pick<Finding, 'rule' | 'resource'>): string =>
  `${finding.rule} ${resourceKey(finding.resource)}`;

/** A finding that saves money. */
interface Saving {
  readonly key: string;
  readonly finding: Finding;
  readonly savings: Savings;
  readonly step: WaterfallStep;
  readonly own: Claim;
  readonly billed: Claim | undefined;
}

/**
 * Removes the overlap between findings, so that no saving is counted twice and none exceeds its resource's cost.
 *
 * `claims` must hold the claims the findings name. The order of the findings does not matter.
 * @throws FinopsError `CITATION_UNKNOWN` when a claim is missing.
 */
export function removeOverlap(findings: readonly Finding[], claims: readonly Claim[]): NetOfOverlap {
  const byId = new Map(claims.map((claim) => [claim.id, claim]));
  const all = findings.flatMap((finding) => savingOf(finding, byId)).toSorted((a, b) => (a.key < b.key ? -1 : 1));
  const nets = new Map<string, NetSaving>();
  const netClaims: Claim[] = [];
  for (const group of Map.groupBy(all, (one) => resourceKey(one.finding.resource)).values()) {
    const [first, second] = group;
    if (first !== undefined && second === undefined) nets.set(first.key, netOfOnly(first));
    else netClaims.push(netOfSeveral(group, nets));
  }
  const totals = totalsOf(all, nets);
  return { nets, claims: [...netClaims, totals].toSorted((a, b) => (a.id < b.id ? -1 : 1)), totals };
}

function savingOf(finding: Finding, byId: ReadonlyMap<string, Claim>): Saving[] {
  const { savings, step } = finding;
  if (finding.verdict !== 'FINDING' || savings === undefined || step === undefined) return [];
  const own = byId.get(finding.claim ?? '');
  const billed = savings.claim === undefined ? undefined : byId.get(savings.claim);
  if (own === undefined || (savings.claim !== undefined && billed === undefined)) {
    throw new FinopsError('CITATION_UNKNOWN', {
      message: 'expected the claims of a finding, got none',
      where: findingKey(finding),
    });
  }
  return [{ key: findingKey(finding), finding, savings, step, own, billed }];
}

const effectiveCitation = ({ own, billed }: Saving): Citation =>
  billed === undefined ? citeFigure(own, 'list_saving') : citeFigure(billed, 'effective_saving');

const capCitation = ({ own, billed }: Saving): Citation =>
  billed === undefined ? citeFigure(own, 'list_cost') : citeFigure(billed, 'cap');

function netOfOnly(one: Saving): NetSaving {
  const { effective, cash_now, freed_commitment } = one.savings;
  const cited = effectiveCitation(one);
  if (one.billed === undefined) {
    return { effective, cash_now, freed_commitment, citations: { effective: cited, cash_now: cited } };
  }
  const citations = {
    effective: cited,
    cash_now: citeFigure(one.billed, 'cash_now'),
    freed_commitment: citeFigure(one.billed, 'freed_commitment'),
  };
  return { effective, cash_now, freed_commitment, citations };
}

/** Nets the savings of one resource, and states them in one claim with figures `net_effective.0`, `net_cash_now.0`, ... */
function netOfSeveral(group: readonly Saving[], nets: Map<string, NetSaving>): Claim {
  const figures = group.map((one, at) => netFigures(group, one, at));
  const resource = group[0]?.finding.resource;
  const claim = makeClaim({
    topic: 'saving/net',
    statement: `${group.length} findings overlap on ${resource?.type} ${resource?.id}; each adds what the earlier ones leave.`,
    figures: figures.flat(),
    citations: [],
    confidence: group.map((one) => one.own.confidence).toSorted()[0] ?? '0.00',
    role: 'coordinator',
  });
  const options = group.map(({ finding, savings, step }) => {
    return { rule: finding.rule, step, effective: new Decimal(savings.effective) };
  });
  for (const [at, one] of group.entries()) {
    const chosen = bestOf(options, one.step)?.rule;
    const net = netOf(claim, at, figures[at] ?? []);
    nets.set(one.key, chosen === one.finding.rule ? net : { ...net, alternative_to: chosen ?? '' });
  }
  return claim;
}

function netOf(claim: Claim, at: number, [net, cash, freed]: readonly Figure[]): NetSaving {
  const effective = citeFigure(claim, `net_effective.${at}`);
  const amount = net?.value ?? '';
  if (cash === undefined || freed === undefined) {
    return {
      effective: amount,
      cash_now: amount,
      freed_commitment: '0.00',
      citations: { effective, cash_now: effective },
    };
  }
  const citations = {
    effective,
    cash_now: citeFigure(claim, `net_cash_now.${at}`),
    freed_commitment: citeFigure(claim, `net_freed_commitment.${at}`),
  };
  return { effective: amount, cash_now: cash.value, freed_commitment: freed.value, citations };
}

/** The net saving and, where the bill says what commitments pay, its two parts; without a bill all of it is cash. */
function netFigures(group: readonly Saving[], one: Saving, at: number): Figure[] {
  const pairs = group.flatMap((each) => [effectiveCitation(each), capCitation(each)]);
  const amounts = group.flatMap((each) => [each.savings.effective, each.savings.cap]);
  const params = { at, rules: group.map((each) => each.finding.rule), steps: group.map((each) => each.step) };
  const figure = (name: string, derivation: Derivation, freed: Citation[]): Figure =>
    computeFigure(
      { name: `${name}.${at}`, unit: 'USD/month', derivation, params, citations: [...pairs, ...freed] },
      () => (freed.length === 0 ? amounts : [...amounts, one.savings.freed_commitment]),
    );
  const net = figure('net_effective', NET_SAVING, []);
  if (one.billed === undefined) return [net];
  const freed = [citeFigure(one.billed, 'freed_commitment')];
  return [
    net,
    figure('net_cash_now', NET_CASH_NOW, freed),
    figure('net_freed_commitment', NET_FREED_COMMITMENT, freed),
  ];
}

function totalsOf(all: readonly Saving[], nets: ReadonlyMap<string, NetSaving>): Claim {
  const netsOf = all.flatMap((one) => nets.get(one.key) ?? []);
  const freed = netsOf.flatMap(({ citations, freed_commitment }) =>
    citations.freed_commitment === undefined ? [] : [{ citation: citations.freed_commitment, value: freed_commitment }],
  );
  const [sure, unsure] = [true, false].map((isSure) =>
    all.flatMap(({ key, finding }) => (isConfident(finding) === isSure ? (nets.get(key) ?? []) : [])),
  );
  const figures = [
    totalFigure(
      'gross_list',
      all.map((one) => citeFigure(one.own, 'list_saving')),
      all.map((one) => one.savings.list),
    ),
    totalFigure(
      'gross_effective',
      all.map(effectiveCitation),
      all.map((one) => one.savings.effective),
    ),
    netTotal('net_effective', netsOf),
    totalFigure(
      'net_cash_now',
      netsOf.map((net) => net.citations.cash_now),
      netsOf.map((net) => net.cash_now),
    ),
    totalFigure(
      'net_freed_commitment',
      freed.map((one) => one.citation),
      freed.map((one) => one.value),
    ),
    netTotal('net_confident', sure ?? []),
    netTotal('net_to_confirm', unsure ?? []),
  ];
  const total = figures.find((figure) => figure.name === 'net_effective')?.value ?? '0.00';
  return makeClaim({
    topic: 'saving/total',
    statement: `${all.length} findings save ${total} USD/month once their overlap is removed.`,
    figures,
    citations: [],
    confidence: '1.00',
    role: 'coordinator',
  });
}

const netTotal = (name: string, nets: readonly NetSaving[]): Figure =>
  totalFigure(
    name,
    nets.map((net) => net.citations.effective),
    nets.map((net) => net.effective),
  );

function totalFigure(name: string, citations: Citation[], values: string[]): Figure {
  return computeFigure({ name, unit: 'USD/month', derivation: TOTAL, params: {}, citations }, () => values);
}

/** The largest cost among findings on one resource: no set of them may save more. */
export const resourceCap = (savings: readonly Savings[]): string =>
  formatUsd(Decimal.max(0, ...savings.map((one) => one.cap)));

/** The exact sum of amounts, for a check that totals are the sum of their parts. */
export const sumUsd = (amounts: readonly string[]): string => formatUsd(sum(amounts.map((one) => new Decimal(one))));
