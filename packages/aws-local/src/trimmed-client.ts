/** What the SDK clients have in common here. */
interface SdkClient {
  readonly middlewareStack: { remove(name: string): boolean };
}

/** Steps of a call that speak to AWS alone or to nobody: the log line nobody reads, the user agent, the mark against loops of functions. */
const COURTESIES = ['loggerMiddleware', 'getUserAgentMiddleware', 'recursionDetectionMiddleware'] as const;

/** Takes from clients of aws-local the steps that mean nothing there; they are a quarter of what a call costs in this process. */
export function trimForThisProcess(...clients: readonly SdkClient[]): void {
  for (const { middlewareStack } of clients) for (const name of COURTESIES) middlewareStack.remove(name);
}
