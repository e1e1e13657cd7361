import {
  type Citation,
  type Claim,
  type Derivation,
  type Figure,
  type JsonObject,
  defineDerivation,
  jsonPointer,
  makeClaim,
} from '@infrafabric/protocol';
import { FinopsError } from '../errors.ts';
import { citedValuesOf } from '../cited-values.ts';
import { computeFigure, fillStatement } from '../figures.ts';
import { Decimal, citedDecimal, citedValue, formatDecimal } from '../money.ts';
import type { Opinion } from './opinion.ts';

/** An amount or a percentage as AWS states it: a number, or text such as `$1,234.50` or `12.5%`. Cites it. */
export const statedAmount = defineDerivation({
  package: 'finops',
  name: 'stated-amount',
  version: 1,
  compute: (cited) => {
    const value = citedValue(cited, 0);
    const text = typeof value === 'string' ? value.replaceAll(/[$,%\s]/g, '') : JSON.stringify(value);
    if (!/^-?[0-9]+(\.[0-9]+)?(e-?[0-9]+)?$/i.test(text)) {
      throw new FinopsError('VALUE_NOT_DECIMAL', { message: `expected an amount, got ${text.slice(0, 40)}` });
    }
    return formatDecimal(new Decimal(text));
  },
});

/** A saving in percent of a cost, half-even to one decimal. Cites saving and cost; with `of` `before` the cost is what is left after it. */
export const statedShare = defineDerivation({
  package: 'finops',
  name: 'stated-share',
  version: 1,
  compute: (cited, params) => {
    const [saving, cost] = [citedDecimal(cited, 0), citedDecimal(cited, 1)];
    const whole = params['of'] === 'before' ? cost.plus(saving) : cost;
    return whole.isZero() ? '0' : formatDecimal(saving.times(100).div(whole), 1);
  },
});

/** Derivations of what AWS says. */
export const OPINION_DERIVATIONS: readonly Derivation[] = [statedAmount, statedShare];

/** Where the numbers of an answer about one resource stand, as members of the item. */
export interface StatedAt {
  readonly saving?: readonly (string | number)[];
  readonly cost?: readonly (string | number)[];
  readonly percent?: readonly (string | number)[];
  readonly currency: string;
}

/** An item of an AWS answer and its place. */
export interface Item {
  readonly value: JsonObject;
  readonly citation: Citation;
}

/** How far a stated percentage, rounded to a whole by AWS, may be from its own numbers. */
const ROUNDING = new Decimal('0.5');

/** States what AWS says, each number cited where it stands; and whether its percentage follows from its own amounts. */
export function opinionClaim(
  said: Pick<Opinion, 'source' | 'says' | 'id' | 'type'>,
  item: Item,
  at: StatedAt,
): { readonly claim: Claim; readonly flag?: string } {
  const figures = statedFigures(item, at);
  const flag = flagOf(figures);
  const saves = at.saving === undefined ? '' : ', saving {aws_saving}';
  const claim = makeClaim({
    topic: 'opinion/aws',
    statement: fillStatement(
      `${said.source} says ${said.says} of ${said.type} ${said.id}${saves}${at.percent === undefined ? '' : ', {aws_percent}'}.`.slice(
        0,
        1900,
      ),
      figures,
    ),
    figures,
    citations: [item.citation],
    confidence: '0.80',
    role: 'collector',
  });
  return { claim, ...(flag === undefined ? {} : { flag }) };
}

/** Amounts and percentage as stated, and the percentage by both readings of the cost where all three are. */
function statedFigures(item: Item, at: StatedAt): Figure[] {
  const cited = citedValuesOf([item]);
  const place = (path: readonly (string | number)[]): Citation => ({
    ...item.citation,
    pointer: item.citation.pointer + jsonPointer([...path]),
  });
  const stated = (name: string, unit: string, path: readonly (string | number)[] | undefined): Figure[] =>
    path === undefined
      ? []
      : [computeFigure({ name, unit, derivation: statedAmount, params: {}, citations: [place(path)] }, cited)];
  const shares =
    at.saving === undefined || at.cost === undefined || at.percent === undefined
      ? []
      : (['after', 'before'] as const).map((of) =>
          computeFigure(
            {
              name: `percent_${of}`,
              unit: '%',
              derivation: statedShare,
              params: { of },
              citations: [place(at.saving ?? []), place(at.cost ?? [])],
            },
            cited,
          ),
        );
  return [
    ...stated('aws_saving', `${at.currency}/month`, at.saving),
    ...stated('aws_cost', `${at.currency}/month`, at.cost),
    ...stated('aws_percent', '%', at.percent),
    ...shares,
  ];
}

/**
 * Says when a percentage is not the saving over the cost, both as stated.
 *
 * Cost Optimization Hub defines estimatedMonthlyCost as the cost of the current resource (API reference, Recommendation, read
 * 2026-08-07); in recorded answers it is what is left after the change. Both readings are computed.
 */
function flagOf(figures: readonly Figure[]): string | undefined {
  const value = (name: string): Decimal | undefined => {
    const figure = figures.find((one) => one.name === name);
    return figure === undefined ? undefined : new Decimal(figure.value);
  };
  const [said, after, before] = [value('aws_percent'), value('percent_after'), value('percent_before')];
  if (said === undefined || after === undefined || before === undefined) return undefined;
  const near = (other: Decimal): boolean => other.minus(said).abs().lessThanOrEqualTo(ROUNDING);
  if (near(after)) return undefined;
  const is = `says ${said.toFixed()} %, but saving over cost is ${after.toFixed()} %`;
  return near(before)
    ? `${is}; it follows if the stated cost is what is left after the change`
    : `${is}, and ${before.toFixed()} % of cost and saving together`;
}
