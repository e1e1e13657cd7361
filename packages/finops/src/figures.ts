import type { Cited, DecimalString, Figure } from '@infrafabric/protocol';
import type { CitedValues } from './cited-values.ts';
import { FinopsError } from './errors.ts';
import type { FigureRequest } from './model/rule.ts';
import { Decimal, formatUsd, parseDecimal } from './money.ts';

/** Runs a requested derivation over the values it cites: the one place where a rule's numbers come into being. */
export function computeFigure(request: FigureRequest, cited: CitedValues): Figure {
  return {
    name: request.name,
    value: computedOnce(request, cited(request.citations)),
    unit: request.unit,
    derivation: { id: request.derivation.id, params: request.params },
    citations: [...request.citations],
  };
}

/** Says what a derivation gave for a request's citations, so that it need not run again over the very same values. */
export function rememberComputed(request: FigureRequest, cited: readonly Cited[], value: DecimalString): void {
  COMPUTED.set(request.citations, { derivation: request.derivation, params: request.params, cited, value });
}

interface Computed extends Pick<FigureRequest, 'derivation' | 'params'> {
  readonly cited: readonly Cited[];
  readonly value: DecimalString;
}

/** By the list of citations, which belongs to one request. */
const COMPUTED = new WeakMap<FigureRequest['citations'], Computed>();

/** A derivation is a function of the cited values and the parameters: where these are the same objects, so is the outcome. */
function computedOnce({ derivation, params, citations }: FigureRequest, cited: readonly Cited[]): DecimalString {
  const known = COMPUTED.get(citations);
  const isSame = known?.derivation === derivation && known.params === params && sameObjects(known.cited, cited);
  return isSame ? known.value : derivation.compute(cited, params);
}

const sameObjects = (some: readonly Cited[], others: readonly Cited[]): boolean =>
  some.length === others.length && some.every((one, index) => one === others[index]);

/**
 * Puts figures into a sentence: `{name}` becomes the value and its unit; whole dollars amounts have two decimals.
 *
 * @throws FinopsError `FIGURE_UNKNOWN` when the sentence names a figure that is not there.
 */
export function fillStatement(statement: string, figures: readonly Figure[]): string {
  return statement.replaceAll(/\{([a-z][a-z0-9_.-]*)\}/g, (_, name: string) => {
    const figure = figures.find((one) => one.name === name);
    if (figure === undefined) {
      throw new FinopsError('FIGURE_UNKNOWN', {
        message: `expected a figure named ${name}, got none`,
        where: statement,
      });
    }
    return displayFigure(figure);
  });
}

/** A figure as a reader sees it: USD and USD/month with two decimals (half-even), all else as it is. */
export function displayFigure(figure: Pick<Figure, 'value' | 'unit'>): string {
  const isAmount = figure.unit === 'USD' || figure.unit === 'USD/month';
  const value = isAmount ? formatUsd(parseDecimal(figure.value)) : figure.value;
  return figure.unit === 'count' ? value : `${value} ${figure.unit}`;
}

/** Whether an amount is more than nothing once rounded to cents. */
export const isPositiveUsd = (value: string): boolean => new Decimal(formatUsd(parseDecimal(value))).greaterThan(0);
