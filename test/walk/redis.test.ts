import { NO_REDIS, type RedisServer, startRedis } from '@infrafabric/collect/testing';
import { WORKER_ROLES } from '@infrafabric/protocol';
import { diagnose, readConfig, verifyReport, listKeys } from '@infrafabric/runtime';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openFleet } from './fleet.ts';
import { installation, report, undisturbedReport } from './installation.ts';

describe.skipIf(NO_REDIS !== '')(`mode redis${NO_REDIS}`, () => {
  let server: RedisServer;
  let expected: string;
  beforeAll(async () => {
    server = await startRedis();
    expected = await undisturbedReport();
  });
  afterAll(async () => server.stop());

  const environmentOf = (): Record<string, string> => ({
    INFRAFABRIC_MODE: 'redis',
    INFRAFABRIC_REDIS_URL: server.url,
  });
  const configOf = (home: string) =>
    readConfig({ flags: {}, environment: { ...environmentOf(), INFRAFABRIC_HOME: home } });

  test('the whole line gives the bytes of the embedded one, and leaves no message behind', async () => {
    const at = { ...installation() };
    const config = configOf(at.home);
    const made = await report({ ...at, config }, 'out');
    const verified = await verifyReport(at.out('out'), { root: listKeys(config).root });
    const redis = new Redis(server.url);
    const left = await Promise.all((await redis.keys('*:wait')).map(async (key) => redis.llen(key)));
    await redis.quit();
    at.remove();

    expect(made).toBe(expected);
    expect(verified).toMatchObject({ verdict: 'AUTHENTIC', problems: [] });
    expect(left.reduce((sum, length) => sum + length, 0)).toBe(0);
  });

  test('a worker killed in the middle of its work costs an attempt, not the report', async () => {
    const at = installation();
    const fleet = openFleet(at, { ...environmentOf(), INFRAFABRIC_PREFIX: 'fleet' });
    const coordinator = fleet.start('coordinator');
    await coordinator.says('coordinator is ready');
    const workers = new Map(WORKER_ROLES.map((role) => [role, fleet.start('worker', '--role', role)]));
    await Promise.all([...workers.values()].map(async (worker) => worker.says('is ready')));
    const analysis = fleet.analyze('worker-killed');
    const rightsizing = workers.get('rightsizing');
    await rightsizing?.saysNext('"task-leased"');
    await rightsizing?.kill('SIGKILL');
    fleet.start('worker', '--role', 'rightsizing');
    const made = await analysis;
    await fleet.end();
    at.remove();

    expect(made).toBe(expected);
  });

  test('a Redis that is not there, and one that may drop messages, are refused before anything runs', async () => {
    const at = installation();
    const away = readConfig({
      flags: {},
      environment: {
        INFRAFABRIC_MODE: 'redis',
        INFRAFABRIC_REDIS_URL: 'redis://127.0.0.1:1',
        INFRAFABRIC_HOME: at.home,
      },
    });
    const [, gone] = await diagnose(away);
    const redis = new Redis(server.url);
    await redis.config('SET', 'maxmemory-policy', 'allkeys-lru');
    const [, evicting] = await diagnose(configOf(at.home));
    await redis.config('SET', 'maxmemory-policy', 'noeviction');
    await redis.quit();
    at.remove();

    expect([gone?.ok, gone?.detail]).toStrictEqual([false, expect.stringContaining('expected a Redis that answers')]);
    expect([evicting?.ok, evicting?.detail]).toStrictEqual([false, expect.stringContaining('allkeys-lru')]);
  });
});
