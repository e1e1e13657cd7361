import { expect, test } from 'vitest';
import { INTENTS } from './intents.ts';
import { questionOf } from './question-of.ts';
import { type Route, routeQuestion } from './route.ts';

const AS_OF = '2026-11-20';

test.each(Object.keys(INTENTS).filter((word): word is NonNullable<Route['intent']> => word in INTENTS))(
  'rules read the wording of %s as it is meant',
  (intent) => {
    const text = questionOf({ intent }, AS_OF);
    expect(routeQuestion(text ?? '', AS_OF)).toStrictEqual({ intent });
  },
);

test.each<[Route, string]>([
  [{ intent: 'total', service: 'AmazonRDS', month: '2026-10' }, 'How much was paid of RDS in 2026-10?'],
  [{ intent: 'breakdown', by: 'region' }, 'Show the breakdown of cost by region?'],
  [{ intent: 'change', account: '210987654321' }, 'Why did cost change in account 210987654321?'],
])('%j is asked as %s', (route, text) => {
  expect(questionOf(route, AS_OF)).toBe(text);
});

test('what no wording says is not asked', () => {
  expect(questionOf({ intent: undefined }, AS_OF)).toBe(undefined);
  expect(questionOf({ intent: 'total', service: 'NoSuchService' }, AS_OF)).toBe(undefined);
});
