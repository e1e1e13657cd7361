import type { JsonObject } from '@infrafabric/protocol';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { CollectError } from '../errors.ts';
import { type AwsFailure, failureOf } from './aws-failure.ts';
import type { Collector, SdkClient } from './collector.ts';
import { isReadName } from './read-name.ts';

/** What the SDK needs to know besides the region; opaque here: credentials, an endpoint, a request handler. */
export type SdkSettings = Readonly<Record<string, unknown>>;

/**
 * SDK clients of one account that can send the operations of the catalogue and nothing else.
 *
 * One client a package and region, made at the first call. The guard stands inside the SDK client, before a request is built,
 * so nothing that gets hold of the client can send anything else.
 */
export class ReadOnlyClients {
  readonly #allowed: ReadonlySet<string>;
  readonly #settings: SdkSettings;
  /** HTTP/1.1 for every client, also for those whose own default is HTTP/2. */
  readonly #http = new NodeHttpHandler(HTTP);
  readonly #clients = new Map<string, SdkClient>();

  /** @throws CollectError `AWS_OPERATION_FORBIDDEN` for an operation in the catalogue that is no read by its name. */
  constructor(operations: Iterable<string>, settings: SdkSettings) {
    this.#allowed = new Set(operations);
    this.#settings = settings;
    for (const id of this.#allowed) if (!isReadName(id)) throw forbidden(id);
  }

  /**
   * Sends one request and gives the answer of the SDK.
   *
   * @throws CollectError `AWS_OPERATION_FORBIDDEN`; errors of the SDK as they are.
   */
  async send(
    collector: Pick<Collector, 'client' | 'load'>,
    input: object,
    to: { readonly region: string; readonly signal?: AbortSignal },
  ): Promise<object> {
    const { Client, command } = await collector.load();
    const client = this.#client(collector.client, Client, to.region);
    return client.send(command(input), to.signal === undefined ? {} : { abortSignal: to.signal });
  }

  /** Why these clients cannot be used at all: no credentials, or a role that cannot be assumed; asked before the first call. */
  async unusable(): Promise<AwsFailure | undefined> {
    const { credentials } = this.#settings;
    if (typeof credentials !== 'function') return undefined;
    try {
      await credentials();
      return undefined;
    } catch (error) {
      return failureOf(error);
    }
  }

  /** Closes the connections of every client. */
  close(): void {
    for (const client of this.#clients.values()) client.destroy();
    this.#clients.clear();
    this.#http.destroy();
  }

  #client(name: string, Client: new (settings: { readonly region: string }) => SdkClient, region: string): SdkClient {
    const key = `${name} ${region}`;
    const known = this.#clients.get(key);
    if (known !== undefined) return known;
    const settings = { maxAttempts: 1, requestHandler: this.#http, ...EXTRAS[name], ...this.#settings, region };
    const client = new Client(settings);
    guardClient(client, name, this.#allowed);
    this.#clients.set(key, client);
    return client;
  }
}

/**
 * Makes an SDK client refuse every command that is not in `allowed` (`<client>.<Operation>`), before anything is sent.
 *
 * The refusal is a CollectError `AWS_OPERATION_FORBIDDEN`.
 */
export function guardClient(client: SdkClient, name: string, allowed: ReadonlySet<string>): void {
  client.middlewareStack.add(
    (next: (args: object) => Promise<object>, context: object) => async (args: object) => {
      const id = `${name}.${String(Reflect.get(context, 'commandName')).replace(/Command$/, '')}`;
      if (!allowed.has(id) || !isReadName(id)) throw forbidden(id);
      return next(args);
    },
    { step: 'initialize', priority: 'high', name: 'readOnlyGuard' },
  );
}

/** One attempt a call: repeating is decided in one place, `politeness.ts`. Times in milliseconds, own choice. */
const HTTP = {
  connectionTimeout: 5_000,
  requestTimeout: 30_000,
  httpsAgent: { maxSockets: 64 },
  httpAgent: { maxSockets: 64 },
};

/** What one client needs besides: buckets live in any region. */
const EXTRAS: Readonly<Record<string, JsonObject>> = { s3: { followRegionRedirects: true } };

function forbidden(id: string): CollectError {
  return new CollectError('AWS_OPERATION_FORBIDDEN', {
    message: `expected a read operation of the catalogue, got ${id}`,
    where: id,
    fix: 'this is a bug of ours: collectors only describe, list and get; please report it',
  });
}
