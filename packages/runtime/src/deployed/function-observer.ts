import type { Observer } from '@infrafabric/protocol';
import type { Config } from '../config/config.ts';
import { loggingObserver } from '../processes.ts';

/** Events as JSON lines on standard output, which Lambda keeps in the log group of the function. */
export function functionObserver({ logLevel }: Pick<Config, 'logLevel'>): Observer {
  return loggingObserver((line) => void process.stdout.write(`${line}\n`), logLevel);
}
