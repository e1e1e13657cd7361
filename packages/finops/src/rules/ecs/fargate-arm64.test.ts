import type { JsonObject } from '@infrafabric/protocol';
import { expect, it } from 'vitest';
import { aSubject } from '../../testing/index.ts';
import { FARGATE_PRICES, aFargateService, aTaskDefinition } from '../testing/containers.ts';
import { judged } from '../testing/judged.ts';
import { ecsFargateArm64 } from './fargate-arm64.ts';

const judge = (service: JsonObject, task: JsonObject = {}, more: object = {}) =>
  judged(
    ecsFargateArm64,
    aSubject({ of: aFargateService(service), related: [aTaskDefinition(task)], prices: FARGATE_PRICES, ...more }),
  );

it('moves two tasks of 1 vCPU and 3 GB for 15.70 a month', () => {
  // 2 x (0.04048 + 3 x 0.004445) x 730; 2 x (0.0081 + 3 x 0.000885) x 730
  expect(judge({})).toStrictEqual({
    verdict: 'FINDING',
    figures: { saving_percent: '20.0', list_cost: '78.57', list_saving: '15.70' },
  });
});

it.each([
  ['on ARM64', {}, { runtimePlatform: { cpuArchitecture: 'ARM64' } }],
  ['of Windows', {}, { runtimePlatform: { operatingSystemFamily: 'WINDOWS_SERVER_2022_CORE' } }],
  ['on EC2', { launchType: 'EC2' }, {}],
  ['without a running task', { runningCount: 0 }, {}],
  ['that drains', { status: 'DRAINING' }, {}],
])('says nothing about a service %s', (_, service, task) => {
  expect(judge(service, task)).toStrictEqual({ verdict: 'OK', figures: {} });
});

it('knows Fargate by its capacity provider', () => {
  const service = { launchType: undefined, capacityProviderStrategy: [{ capacityProvider: 'FARGATE', weight: 1 }] };

  expect(judge(service).verdict).toBe('FINDING');
});

it.each([
  ['NOT_COLLECTED', {}, { related: [] }],
  ['NO_PRICE', {}, { prices: {} }],
  ['NO_PRICE', { capacityProviderStrategy: [{ capacityProvider: 'FARGATE_SPOT' }] }, {}],
  ['FIELD_MISSING', { taskDefinition: undefined }, {}],
])('cannot know (%s) from %o', (reason, service, more) => {
  expect(judge(service, {}, more)).toStrictEqual({ verdict: 'UNKNOWN', reason, figures: {} });
});
