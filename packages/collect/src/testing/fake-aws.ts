import type { Clock } from '@infrafabric/protocol';
import type { AskPorts } from '../live/asker.ts';
import { NO_CACHE } from '../cache/answer-cache.ts';
import { type Collector, type CollectorDeclaration, defineCollector } from '../live/collector.ts';
import { POLITE_SETTINGS, Politeness } from '../live/politeness.ts';
import { RateLimiter } from '../live/rate-limiter.ts';
import { ReadOnlyClients } from '../live/read-only-client.ts';
import { AwsSpend } from '../live/spend.ts';

/** An input of the invented service. */
export interface FakeInput {
  readonly Token?: string | undefined;
  readonly Name?: string | undefined;
  readonly MaxResults?: number | undefined;
}

/** An answer of the invented service. */
export interface FakeOutput {
  readonly Things?: readonly object[] | undefined;
  readonly Token?: string | undefined;
  readonly $metadata?: object;
}

/** Answers one request of the invented service, or throws as the SDK does. */
export type Answerer = (operation: string, input: FakeInput) => FakeOutput;

/** A collector of an invented service `things`, answered by `answer`; it has the client's middleware like a real one. */
export function fakeCollector(
  operation: string,
  answer: Answerer,
  declared: Partial<CollectorDeclaration<FakeInput, FakeOutput>> = {},
): Collector {
  class Command {
    readonly input: FakeInput;
    constructor(input: FakeInput) {
      this.input = input;
    }
    resolveMiddleware(): () => Promise<{ output: FakeOutput }> {
      return async () => ({ output: answer(operation, this.input) });
    }
  }
  class Client {
    readonly middlewareStack = { add: () => {} };
    async send(command: Command): Promise<FakeOutput> {
      return (await command.resolveMiddleware()()).output;
    }
    destroy(): void {}
  }
  return defineCollector<FakeInput, FakeOutput>({
    client: 'things',
    operation,
    iam: [`things:${operation}`],
    scope: 'region',
    load: async () => ({ Client, Command }),
    paging: { request: 'Token', answer: 'Token', limit: { member: 'MaxResults', page: 100, least: 1 } },
    ...declared,
  });
}

/** An error as the SDK throws it. */
export function sdkError(name: string, status: number, message = name): Error {
  return Object.assign(new Error(message), { name, $metadata: { httpStatusCode: status } });
}

/** A clock that stands at noon of the demo date and never waits. */
export const STILL_CLOCK: Clock = { nowMs: () => Date.parse('2026-11-20T12:34:56Z'), sleep: async () => {} };

const UNLIMITED = { requests: 1_000_000, windowMs: 1, source: 'test' };

/** Ports that ask without waiting: no pause between attempts, rates nobody reaches. */
export function fakePorts(changes: Partial<AskPorts> = {}): AskPorts {
  const settings = { ...POLITE_SETTINGS, maxAttempts: 5, firstBackoffMs: 0, longestBackoffMs: 0 };
  return {
    clients: new ReadOnlyClients([], {}),
    politeness: new Politeness(STILL_CLOCK, settings, new RateLimiter(STILL_CLOCK, () => UNLIMITED)),
    spend: new AwsSpend(),
    cache: NO_CACHE,
    clock: STILL_CLOCK,
    signal: new AbortController().signal,
    ...changes,
  };
}
