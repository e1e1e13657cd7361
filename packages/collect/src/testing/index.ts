export { NO_REDIS, startRedis } from './redis-server.ts';
export type { RedisServer } from './redis-server.ts';
export { zipped } from './zip.ts';
export { testAnswerCache } from './answer-cache-suite.ts';
