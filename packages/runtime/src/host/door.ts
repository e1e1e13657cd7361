import type { Config } from '../config/config.ts';
import type { HostOptions, LocalHost } from './session-host.ts';

/** `openSessionHost` of `session-host.ts`; who never calls it never loads the SDK. */
export async function openSessionHost(config: Config, options: HostOptions): Promise<LocalHost> {
  return (await import('./session-host.ts')).openSessionHost(config, options);
}
