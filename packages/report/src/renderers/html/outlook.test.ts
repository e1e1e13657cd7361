import { type Claim, type Figure, makeClaim } from '@infrafabric/protocol';
import { expect, test } from 'vitest';
import { composeReport } from '../../compose.ts';
import { aSmallSession, gatheredIn } from '../../testing/index.ts';
import { outlookSection } from './outlook.ts';
import { viewOf } from './view.ts';

const report = composeReport(gatheredIn(aSmallSession()));

const aFigure = (name: string, value: string, params: Figure['derivation']['params'] = {}): Figure => ({
  name,
  value,
  unit: name === 'share' || name === 'probability' ? '%' : 'USD',
  derivation: { id: 'finops/aws-budget-standing@1', params },
  citations: [],
});

const aBudget = (budget: string, share: string, more: readonly Figure[] = []): Claim =>
  makeClaim({
    topic: 'budget/aws',
    statement: `Budget ${budget}.`,
    figures: [aFigure('limit', '100.00', { budget }), aFigure('share', share), ...more],
    citations: [],
    confidence: '0.80',
    role: 'budget',
  });

const shown = (claims: readonly Claim[]): string => outlookSection(viewOf({ ...report, claims: [...claims] }));

test('a report without a forecast, a budget or an accepted finding expects nothing', () => {
  expect(shown([])).toBe('');
});

test('budgets stand in the order of danger, foreign names escaped, and say what is not known', () => {
  const html = shown([
    aBudget('calm', '20', [aFigure('probability', '3.3')]),
    aBudget('<b>bold</b>', '140', [aFigure('probability', '96.7')]),
    aBudget('unseen', '110'),
  ]);
  const order = ['&lt;b&gt;bold', 'unseen', 'calm'].map((name) => html.indexOf(name));
  expect(order).toStrictEqual(order.toSorted((a, b) => a - b));
  expect(order).not.toContain(-1);
  expect(html).not.toContain('<b>bold');
  expect(html.match(/expected to be passed/g)).toHaveLength(2);
  expect(html.match(/not known/g)).toHaveLength(10);
});

test('the days ahead have a column each, with a whisker where their interval is known', () => {
  const days = ['2026-11-20', '2026-11-21'].flatMap((day) => [
    aFigure(`expected.${day}`, '10.00'),
    aFigure(`low.${day}`, '8.00'),
    aFigure(`high.${day}`, '12.00'),
  ]);
  const forecast = makeClaim({
    topic: 'forecast/thirty-days',
    statement: 'It goes on.',
    figures: [aFigure('expected', '20.00'), ...days],
    citations: [],
    confidence: '0.80',
    role: 'budget',
  });
  const html = shown([forecast]);
  expect(html.match(/<rect class="ahead"/g)).toHaveLength(2);
  expect(html.match(/<rect class="whisker"/g)).toHaveLength(2);
  expect(html).toContain('2026-11-21: 10.00 USD expected, 8.00 to 12.00');
});
