import { RuntimeError } from '@infrafabric/runtime';
import type { StartOrder } from '@infrafabric/runtime/deployed/start';
import { expect, test } from 'vitest';
import { startHandler } from './start-handler.ts';

const CONTEXT = { getRemainingTimeInMillis: () => 1_000 };
const STARTED = { session_id: 's-01936000-0000-7000-8000-000000000001', state: 'CREATED' } as const;

async function orderOf(event: unknown): Promise<StartOrder | undefined> {
  let asked: StartOrder | undefined;
  const answer = await startHandler(async (order) => ((asked = order), STARTED))(event, CONTEXT);
  expect(answer).toStrictEqual(STARTED);
  return JSON.parse(JSON.stringify(asked)) as StartOrder;
}

test('takes every member of an order by the name people know it by', async () => {
  const event = {
    regions: ['eu-west-1'],
    analysis_period_days: 30,
    include_cost_data: false,
    save_report: true,
    question: 'where does the money go?',
    as_of: '2026-11-20',
    idempotency_key: 'nightly 2026-11-20',
  };

  expect(await orderOf(event)).toStrictEqual({
    demo: false,
    regions: ['eu-west-1'],
    days: 30,
    costData: false,
    saveReport: true,
    question: 'where does the money go?',
    asOf: '2026-11-20',
    key: 'nightly 2026-11-20',
  });
});

test('an empty order is the whole account, and the demo is asked for by name', async () => {
  expect(await orderOf({})).toStrictEqual({ demo: false });
  expect(await orderOf(undefined)).toStrictEqual({ demo: false });
  expect(await orderOf({ inputs: 'demo' })).toStrictEqual({ demo: true });
});

test('a scheduled event that is delivered twice names the same session', async () => {
  const event = { 'detail-type': 'Scheduled Event', source: 'aws.events', id: 'e-1', region: 'eu-west-1', detail: {} };

  expect(await orderOf(event)).toStrictEqual({ key: 'schedule e-1' });
});

test.each([
  [{ estate: '/etc' }, /estate/],
  [{ regions: [] }, /regions/],
  [{ regions: 'eu-west-1' }, /regions/],
  [{ analysis_period_days: 0 }, /analysis_period_days/],
  [{ analysis_period_days: 1.5 }, /analysis_period_days/],
  [{ inputs: '/tmp/dump' }, /inputs/],
  [{ question: '' }, /question/],
  ['demo', /object/],
])('refuses the order %j by its code and says where', async (event, where) => {
  const refused = startHandler(() => expect.unreachable())(event, CONTEXT);

  await expect(refused).rejects.toMatchObject({ name: 'EVENT_INVALID' });
  await expect(refused).rejects.toThrow(where);
});

test('a failure is named by its code, so that Lambda and its alarms see it', async () => {
  const failing = startHandler(async () => {
    throw new RuntimeError('CONFIG_INVALID', { message: 'odd', where: 'AWS_REGIONS', fix: 'set it' });
  });

  await expect(failing({}, CONTEXT)).rejects.toMatchObject({
    name: 'CONFIG_INVALID',
    message: 'odd | AWS_REGIONS | set it',
  });
});
