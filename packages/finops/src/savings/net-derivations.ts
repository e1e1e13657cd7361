import { type Cited, type Derivation, type JsonObject, defineDerivation } from '@infrafabric/protocol';
import { FinopsError } from '../errors.ts';
import { WATERFALL_STEPS } from '../model/finding.ts';
import { Decimal, citedDecimal, formatDecimal, formatUsd, parseDecimal, sum } from '../money.ts';
import { type SavingOption, netSavings } from './net-saving.ts';

/**
 * What one of several savings on a resource adds once overlap is removed.
 *
 * Params: `rules` and `steps` of all savings on the resource, `at` = the index of this one. Cites, for each saving in that
 * order, its effective saving and then its cap.
 */
export const NET_SAVING: Derivation = defineDerivation({
  package: 'finops',
  name: 'net-saving',
  version: 1,
  compute: (cited, params) => formatUsd(netAt(cited, params)),
});

/** The part of {@link NET_SAVING} that only frees commitments. Cites the same and then the freed part of this saving. */
export const NET_FREED_COMMITMENT: Derivation = defineDerivation({
  package: 'finops',
  name: 'net-freed-commitment',
  version: 1,
  compute: (cited, params) => formatUsd(netFreed(cited, params)),
});

/** The part of {@link NET_SAVING} that leaves the next invoice. Cites as {@link NET_FREED_COMMITMENT}. */
export const NET_CASH_NOW: Derivation = defineDerivation({
  package: 'finops',
  name: 'net-cash-now',
  version: 1,
  compute: (cited, params) => formatUsd(netAt(cited, params).minus(formatUsd(netFreed(cited, params)))),
});

/** The exact sum of everything cited, at least two decimals; 0.00 of nothing. */
export const TOTAL: Derivation = defineDerivation({
  package: 'finops',
  name: 'total',
  version: 1,
  compute: (cited) => {
    const total = sum(cited.map((_, index) => citedDecimal(cited, index)));
    return total.decimalPlaces() > 2 ? total.toFixed() : formatUsd(total);
  },
});

/** The sum of all cited but the last in percent of the last, half-even to two decimals; the last must be above 0. */
export const PERCENT_OF_LAST: Derivation = defineDerivation({
  package: 'finops',
  name: 'percent-of-last',
  version: 1,
  compute: (cited) => {
    const parts = cited.slice(0, -1).map((_, index) => citedDecimal(cited, index));
    const whole = citedDecimal(cited, cited.length - 1);
    if (!whole.greaterThan(0)) throw malformed(`expected a whole above 0, got ${whole.toFixed()}`);
    return formatDecimal(sum(parts).times(100).div(whole), 2);
  },
});

/** Derivations of savings across findings. */
export const NET_DERIVATIONS: readonly Derivation[] = [
  NET_SAVING,
  NET_FREED_COMMITMENT,
  NET_CASH_NOW,
  TOTAL,
  PERCENT_OF_LAST,
];

function netAt(cited: readonly Cited[], params: JsonObject): Decimal {
  const at = parseDecimal(params['at']).toNumber();
  const net = netSavings(optionsOf(cited, params))[at];
  if (net === undefined) throw malformed(`expected one of ${listOf(params, 'rules').length} savings, got ${at}`);
  return net;
}

function netFreed(cited: readonly Cited[], params: JsonObject): Decimal {
  const at = parseDecimal(params['at']).toNumber();
  const effective = citedDecimal(cited, 2 * at);
  if (effective.isZero()) return new Decimal(0);
  const freed = citedDecimal(cited, 2 * listOf(params, 'rules').length);
  return netAt(cited, params).times(Decimal.min(1, freed.div(effective)));
}

function optionsOf(cited: readonly Cited[], params: JsonObject): SavingOption[] {
  const steps = listOf(params, 'steps');
  return listOf(params, 'rules').map((rule, index) => {
    const step = WATERFALL_STEPS.find((one) => one === steps[index]);
    if (step === undefined) throw malformed(`expected a waterfall step, got ${String(steps[index])}`);
    return { rule, step, effective: citedDecimal(cited, 2 * index), cap: citedDecimal(cited, 2 * index + 1) };
  });
}

function listOf(params: JsonObject, name: string): string[] {
  const list = params[name];
  if (!Array.isArray(list)) throw malformed(`expected a list of ${name}, got ${typeof list}`);
  return list.map((one) => (typeof one === 'string' ? one : ''));
}

const malformed = (message: string): FinopsError => new FinopsError('TABLE_MALFORMED', { message });
