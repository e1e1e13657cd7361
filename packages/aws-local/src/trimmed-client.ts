import { getSchemaSerdePlugin } from '@smithy/core/schema';
import { firstTry, type RetryConfig } from './first-try.ts';

/** What the SDK clients have in common here. */
interface SdkClient {
  config: RetryConfig & Parameters<typeof getSchemaSerdePlugin>[0] & { readonly streamCollector: unknown };
  readonly middlewareStack: {
    remove(name: string): boolean;
    add(middleware: unknown, options: object): void;
    use(plugin: unknown): void;
  };
}

/** Steps of a call that speak to AWS alone or to nobody: the log line nobody reads, the user agent, the mark against loops of functions. */
const COURTESIES = ['loggerMiddleware', 'getUserAgentMiddleware', 'recursionDetectionMiddleware'] as const;

/** Takes from clients of aws-local what means nothing there, which is most of what a call costs in this process; to be called before any. */
export function trimForThisProcess(...clients: readonly SdkClient[]): void {
  for (const client of clients) {
    for (const name of COURTESIES) client.middlewareStack.remove(name);
    client.middlewareStack.add(firstTry(client.config), {
      name: 'retryMiddleware',
      step: 'finalizeRequest',
      priority: 'high',
      override: true,
    });
    if (hasOneEndpoint(client)) slim(client);
  }
}

/** A bucket is a part of the endpoint of S3. */
function hasOneEndpoint({ config }: SdkClient): boolean {
  return !('serviceId' in config && config.serviceId === 'S3');
}

/**
 * Gives a client a configuration whose every member but six is inherited. A call copies its configuration three times over, and a
 * copy takes own members alone: fifty, some of them accessors, is more work than all of the message. Three of the six answer the
 * question of the endpoint with a constant: where a request goes is decided by the handler alone. The last keeps the steps of a
 * command in order for the next of its kind, so a step is added before the first call or not at all. The collector reads what comes
 * over a socket, from the process that owns the embedded AWS.
 */
function slim(client: SdkClient): void {
  const own = {
    protocol: client.config.protocol,
    streamCollector: client.config.streamCollector,
    endpointProvider: () => ENDPOINT,
    isCustomEndpoint: false,
    ignoreConfiguredEndpointUrls: true,
    cacheMiddleware: true,
  };
  client.config = Object.assign(Object.create(client.config), own);
  client.middlewareStack.use(getSchemaSerdePlugin(client.config));
}

/** Where nothing listens: no request of these clients leaves the process. */
const ENDPOINT = { protocol: 'http:', hostname: '127.0.0.1', path: '/' } as const;
