import type { Fabric } from '../fabric.ts';
import { openTelemetry, type Telemetry } from '../telemetry/telemetry.ts';

/** Log lines and metric documents on standard output, which Lambda keeps in the log group of the function. */
export function functionTelemetry(fabric: Fabric): Promise<Telemetry> {
  return openTelemetry(fabric, { log: (line) => void process.stdout.write(`${line}\n`), logsEvents: true });
}
