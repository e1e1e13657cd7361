import { expect, test } from 'vitest';
import { INVARIANTS } from './catalogue.ts';
import { checkHistory } from './check-history.ts';
import type { HistoryEntry } from './history.ts';
import { historyText, readHistory } from './read-history.ts';
import { checkSameReports } from './same-reports.ts';
import { BROKEN_STATE } from './testing/broken-state.ts';
import { reporting } from './testing/broken-steps.ts';
import { BROKEN_TRAFFIC } from './testing/broken-traffic.ts';
import { goodSteps } from './testing/good-history.ts';
import { DONE, OVER, REQUEST, WORLD, reportOf } from './testing/parts.ts';

const BROKEN = [...BROKEN_STATE, ...BROKEN_TRAFFIC];

test('a good history breaks nothing', () => {
  expect(checkHistory(goodSteps().values())).toStrictEqual([]);
});

test.each(BROKEN)('%s finds that %s, and no other invariant does', (id, _how, breakIt) => {
  const found = checkHistory(breakIt(goodSteps()).values());

  expect([...new Set(found.map(({ invariant }) => invariant))]).toStrictEqual([id]);
});

test('every invariant has a broken history, and every id stands once', () => {
  const ids = INVARIANTS.map(({ id }) => id);

  expect(ids).toStrictEqual([...new Set(ids)]);
  expect(ids.filter((id) => !BROKEN.some(([broken]) => broken === id))).toStrictEqual([]);
  expect(ids.toSorted((a, b) => Number(a.slice(1)) - Number(b.slice(1)))).toStrictEqual(
    Array.from({ length: 24 }, (_, at) => `I${at + 1}`),
  );
});

test('a history is written as lines and read again', () => {
  const history = [...goodSteps().values()];

  expect(readHistory(historyText(history))).toStrictEqual(JSON.parse(JSON.stringify(history)));
  expect(() => readHistory('{"kind":"end","at_ms":1}\n{"kind"\n')).toThrow('line 2: expected JSON');
});

test('what is torn is not judged: a history begins with its world and goes forward', () => {
  const [world, ...rest] = goodSteps().values();
  const found = [checkHistory(rest), checkHistory([world!, ...rest.toReversed()]), checkHistory([world!, world!])];

  expect(found.map((violations) => violations.map(({ invariant }) => invariant))).toStrictEqual([
    ['HISTORY'],
    ['HISTORY'],
    ['HISTORY'],
  ]);
});

test('what is only found at the end is judged as far as it goes', () => {
  const at = { at_ms: WORLD.at_ms };
  const found = (item: object): string[] =>
    checkHistory([
      { ...WORLD, scope: 'final' },
      { ...at, kind: 'item', table: 'session', item: OVER },
      { ...at, kind: 'item', table: 'task', item: { ...DONE, ...item } },
      goodSteps().get('plan')!,
      { ...(goodSteps().get('report') as object), at_ms: WORLD.at_ms + 1 } as HistoryEntry,
      { at_ms: WORLD.at_ms + 1, kind: 'end' },
    ]).map(({ invariant }) => invariant);

  expect(found({})).toStrictEqual([]);
  expect(found({ state: 'LEASED' })).toStrictEqual(['I6', 'I1', 'I8']);
  expect(found({ result: '{}' })).toStrictEqual(['I10']);
  expect(found({ request_wire: REQUEST.replace('ec2', 'ec3') })).toStrictEqual(['I9']);
});

test('runs over the same inputs make the same report', () => {
  const run = (text: string): HistoryEntry[] => [
    ...reporting(goodSteps(), text, { request: { as_of: '2026-11-20' } }).values(),
  ];

  expect(checkSameReports([run(reportOf()), run(reportOf())])).toStrictEqual([]);
  expect(checkSameReports([run(reportOf()), run(reportOf({ at: 1 }))]).map(({ seq }) => seq)).toStrictEqual([1]);
});
