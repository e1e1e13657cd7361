import { type Derivation, type JsonObject, defineDerivation } from '@infrafabric/protocol';
import { citedBill, filterParam, textParam } from '../bill/params.ts';
import { FinopsError } from '../errors.ts';
import { formatDecimal, formatUsd } from '../money.ts';
import { type Change, type Compared, changeOf, restOf } from './change.ts';
import { spanOf, spanParam } from './compared-days.ts';
import { type Effect, EFFECTS, effectsOf } from './effects.ts';

/**
 * How the cost of the lines `filter` lets through changed from the days `before` to those `after`, `part` of it in cents:
 * `before`, `after`, `change` (after minus before) or `percent` (of before, two decimals). `lines` are `all` or `daily-usage`;
 * with `except` it is what is left without those labels of the column `by`. Cites the whole bill.
 */
export const spendChange = defineDerivation({
  package: 'finops',
  name: 'spend-change',
  version: 1,
  compute: (cited, params) => {
    const change = paramsChange(params, (filter) => changeOf(citedBill(cited), comparedParam(params), filter));
    const part = textParam(params, 'part');
    if (part === 'before' || part === 'after' || part === 'change') return formatUsd(change[part]);
    if (part === 'percent' && !change.before.isZero()) {
      return formatDecimal(change.change.times(100).div(change.before.abs()), 2);
    }
    throw new FinopsError('CITED_VALUE_MISSING', { message: `expected a part of a change, got ${part.slice(0, 40)}` });
  },
});

/**
 * What the lines `filter` lets through cost in the days of `span`, `column` of them in cents; with `except` what is left without
 * those labels of the column `by`. Cites the whole bill.
 */
export const spendAmount = defineDerivation({
  package: 'finops',
  name: 'spend-amount',
  version: 1,
  compute: (cited, params) => {
    const span = spanOf(params['span']);
    const compared: Compared = { column: textParam(params, 'column'), lines: 'all', before: span, after: span };
    return formatUsd(paramsChange(params, (filter) => changeOf(citedBill(cited), compared, filter)).after);
  },
});

/** One `part` of a change of cost by {@link effectsOf}, in cents. Cites the whole bill. */
export const spendEffect = defineDerivation({
  package: 'finops',
  name: 'spend-effect',
  version: 1,
  compute: (cited, params) => {
    const part = textParam(params, 'part');
    const effect = EFFECTS.find((one): one is Effect => one === part);
    if (effect === undefined) {
      throw new FinopsError('CITED_VALUE_MISSING', { message: `expected an effect, got ${part.slice(0, 40)}` });
    }
    return formatUsd(effectsOf(citedBill(cited), comparedParam(params), filterParam(params))[effect]);
  },
});

type Filter = ReturnType<typeof filterParam>;

function paramsChange(params: JsonObject, changeFor: (filter: Filter) => Change): Change {
  const filter = filterParam(params);
  const whole = changeFor(filter);
  const { by, except } = params;
  if (typeof by !== 'string' || !Array.isArray(except)) return whole;
  const groups = except.map((label) => changeFor({ ...filter, [by]: typeof label === 'string' ? label : null }));
  return restOf(whole, groups);
}

/** What is compared, as parameters of a derivation. */
export const comparedParams = ({ column, lines, before, after }: Compared): JsonObject => ({
  column,
  lines,
  before: spanParam(before),
  after: spanParam(after),
});

function comparedParam(params: JsonObject): Compared {
  return {
    column: textParam(params, 'column'),
    lines: params['lines'] === 'daily-usage' ? 'daily-usage' : 'all',
    before: spanOf(params['before']),
    after: spanOf(params['after']),
  };
}

/** Every derivation of where money goes that was ever published; never removed. */
export const SPEND_DERIVATIONS: readonly Derivation[] = [spendChange, spendAmount, spendEffect];
