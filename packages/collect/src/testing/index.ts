export { NO_REDIS, startRedis } from './redis-server.ts';
export type { AppendFsync, RedisServer } from './redis-server.ts';
export { zipped } from './zip.ts';
export { testAnswerCache } from './answer-cache-suite.ts';
