import type { Figure } from '@infrafabric/protocol';
import type { CitedValues } from './cited-values.ts';
import { FinopsError } from './errors.ts';
import type { FigureRequest } from './model/rule.ts';
import { Decimal, formatUsd, parseDecimal } from './money.ts';

/** Runs a requested derivation over the values it cites: the one place where a rule's numbers come into being. */
export function computeFigure(request: FigureRequest, cited: CitedValues): Figure {
  return {
    name: request.name,
    value: request.derivation.compute(cited(request.citations), request.params),
    unit: request.unit,
    derivation: { id: request.derivation.id, params: request.params },
    citations: [...request.citations],
  };
}

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
