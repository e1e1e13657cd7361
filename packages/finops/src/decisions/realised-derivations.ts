import { type Cited, type Derivation, type JsonObject, defineDerivation } from '@infrafabric/protocol';
import { billOf } from '../bill/bill-table.ts';
import { textParam } from '../bill/params.ts';
import { FinopsError } from '../errors.ts';
import { Decision } from '../model/decision.ts';
import { citedDecimal, formatDecimal, formatUsd, isCsvTable } from '../money.ts';
import { type Accepted, type RealisedSaving, realisedSaving } from './realised-saving.ts';

/** The parts of a realised saving. */
export type RealisedPart = 'claimed' | 'before' | 'after' | 'realised';

/**
 * One `part`, in USD a month, of what accepted findings on one resource saved by a later bill. Cites the whole bill, then each
 * decision; `decisions` is how many.
 */
export const realisedSavingPart = defineDerivation({
  package: 'finops',
  name: 'realised-saving',
  version: 1,
  compute: (cited, params) => {
    const part = textParam(params, 'part');
    const { claimed, before, after, realised } = citedSaving(cited, params);
    const amounts: Partial<Record<string, RealisedSaving[RealisedPart]>> = { claimed, before, after, realised };
    const amount = amounts[part];
    if (amount === undefined) throw missing('a part of a realised saving');
    return formatUsd(amount);
  },
});

/** What was realised in percent of what was claimed. Cites both figures: claimed, then realised. */
export const realisedShare = defineDerivation({
  package: 'finops',
  name: 'realised-share',
  version: 1,
  compute: (cited) => formatDecimal(citedDecimal(cited, 1).times(100).div(citedDecimal(cited, 0)), 1),
});

/** Every derivation about decisions that was ever published; never removed. */
export const DECISION_DERIVATIONS: readonly Derivation[] = [realisedSavingPart, realisedShare];

function citedSaving(cited: readonly Cited[], params: JsonObject): RealisedSaving {
  const count = Number(params['decisions']);
  const [first, ...others] = cited.slice(-count).map((one) => {
    const parsed = Decision.safeParse(one);
    if (parsed.success) return parsed.data;
    throw missing('a decision');
  });
  const files = cited.slice(0, -count);
  if (first === undefined || !files.some(isCsvTable)) throw missing('a bill and decisions');
  const accepted: Accepted = [first, ...others];
  const saving = realisedSaving(billOf(files), accepted, textParam(params, 'as_of'));
  if (typeof saving === 'string') throw missing('a bill that can measure it');
  return saving;
}

const missing = (what: string): FinopsError =>
  new FinopsError('CITED_VALUE_MISSING', { message: `expected ${what}, got something else` });
