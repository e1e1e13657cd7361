import type { Role } from '@infrafabric/protocol';
import type { Redis } from 'ioredis';

/** Tells who waits at a queue that something came; a hint, for whoever misses it looks again anyway. */
export interface Wakes {
  wake(role: Role): Promise<void>;
  /** Resolves at the next sign for a role. */
  next(role: Role): Promise<void>;
  close(): Promise<void>;
}

/** Signs over publish and subscribe; the subscribing connection is opened when somebody waits for the first time. */
export function openWakes(producing: Redis, connect: () => Redis, prefix: string): Wakes {
  const channel = `${prefix}:wake`;
  const waiting = new Map<string, PromiseWithResolvers<void>>();
  let subscriber: Redis | undefined;
  // What came before the first sign could be heard is found by a second look.
  const lookAgain = (): void => {
    for (const { resolve } of waiting.values()) resolve();
    waiting.clear();
  };
  const subscribe = (): Redis => {
    const redis = connect();
    redis.on('message', (_, role: string) => {
      waiting.get(role)?.resolve();
      waiting.delete(role);
    });
    // Without a subscription nobody is woken: who waits looks again after its own interval.
    redis.subscribe(channel).then(lookAgain, () => undefined);
    return redis;
  };
  return {
    async wake(role) {
      // The message is durable already; a lost sign costs who waits one interval.
      await producing.publish(channel, role).catch(() => undefined);
    },
    async next(role) {
      subscriber ??= subscribe();
      const sign = waiting.get(role) ?? Promise.withResolvers<void>();
      waiting.set(role, sign);
      await sign.promise;
    },
    async close() {
      subscriber?.disconnect();
    },
  };
}
