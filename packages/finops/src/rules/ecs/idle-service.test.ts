import { expect, it } from 'vitest';
import { aSeries, aSubject } from '../../testing/index.ts';
import { FARGATE_PRICES, aFargateService, aTaskDefinition } from '../testing/containers.ts';
import { hourly } from '../testing/facts.ts';
import { judged } from '../testing/judged.ts';
import { ecsIdleService } from './idle-service.ts';

const use = (cpu: number, memory: number, ServiceName = 'web') =>
  [cpu, memory].map((value, line) =>
    aSeries(line === 0 ? 'CPUUtilization' : 'MemoryUtilization', hourly(14, value), {
      namespace: 'AWS/ECS',
      stat: 'Maximum',
      dimensions: { ClusterName: 'shop', ServiceName },
      line,
    }),
  );
const judge = (series: ReturnType<typeof use>, more: object = {}) =>
  judged(
    ecsIdleService,
    aSubject({ of: aFargateService(), related: [aTaskDefinition()], prices: FARGATE_PRICES, series, ...more }),
  );

it('finds a service below 1 % of CPU and memory, 78.57 a month', () => {
  expect(judge(use(0.5, 0.9))).toStrictEqual({
    verdict: 'FINDING',
    figures: { use_max: '0.9', days: '14', list_cost: '78.57', list_saving: '78.57' },
  });
});

it.each([
  ['CPU', use(1, 0)],
  ['memory', use(0, 1)],
])('says OK of a service that uses 1 %% of its %s', (_, series) => {
  expect(judge(series)).toStrictEqual({ verdict: 'OK', figures: {} });
});

it('does not take the metrics of a service of the same cluster for its own', () => {
  expect(judge(use(0, 0, 'other'))).toStrictEqual({ verdict: 'UNKNOWN', reason: 'NO_METRICS', figures: {} });
});

it('cannot know without the task definition, and has no dollars without a price', () => {
  expect(judge(use(0, 0), { related: [] }).reason).toBe('NOT_COLLECTED');
  expect(judge(use(0, 0), { prices: {} })).toStrictEqual({ verdict: 'FINDING', figures: {} });
});
