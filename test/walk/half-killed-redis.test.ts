import { NO_REDIS, type RedisServer, startRedis } from '@infrafabric/collect/testing';
import { afterAll, beforeAll, describe } from 'vitest';
import { testHalfKilled } from './half-killed-suite.ts';

describe.skipIf(NO_REDIS !== '')(`a session killed half-way, mode redis${NO_REDIS}`, () => {
  let server: RedisServer;
  let installations = 0;
  beforeAll(async () => {
    server = await startRedis();
  });
  afterAll(async () => server.stop());

  testHalfKilled(() => ({
    INFRAFABRIC_MODE: 'redis',
    INFRAFABRIC_REDIS_URL: server.url,
    INFRAFABRIC_PREFIX: `half-${(installations += 1)}`,
  }));
});
