export { LONGEST_KEPT_MS, NO_CACHE } from './answer-cache.ts';
export type { AnswerCache, AnswerKind } from './answer-cache.ts';
export { diskCache } from './disk-cache.ts';
export { redisCache } from './redis-cache.ts';
