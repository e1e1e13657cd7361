import { type Usage, meter } from '../usage.ts';
import type { GoldenLine } from './golden-file.ts';
import { METERS } from './golden-meters.ts';
import { NETWORK_READINGS } from './golden-network.ts';
import { S3_READINGS } from './golden-s3.ts';
import { SERVICE_READINGS } from './golden-services.ts';
import { type Reading, THING_READINGS } from './golden-things.ts';

/** What the engine is asked for one line, and whether the line is one tier of several. */
export interface GoldenUsage {
  readonly usage: Usage;
  readonly tiered: boolean;
}

const TIER = / \((?:first|next|over) [^)]*\)$/;

/** Asks the engine what a golden line states; `undefined` for a component that is not covered, or a line that does not say enough. */
export function usageOf(line: GoldenLine): GoldenUsage | undefined {
  if (line.resource.endsWith('_another_region')) return undefined; // The file does not say which.
  const component = line.component.replace(TIER, '');
  const tiered = component !== line.component;
  const usage = readBy(READINGS, line, component) ?? meterOf(line, component);
  return usage && { usage, tiered };
}

function readBy(readings: readonly Reading[], line: GoldenLine, component: string): Usage | undefined {
  for (const reading of readings) {
    const match = reading.tests.test(line.test) ? reading.component.exec(component) : null;
    const usage = match === null ? undefined : reading.usage(line, match);
    if (usage !== undefined) return usage;
  }
  return undefined;
}

function meterOf(line: GoldenLine, component: string): Usage | undefined {
  for (const [test, pattern, key] of METERS) {
    const match = test === line.test ? pattern.exec(component) : null;
    if (match === null) continue;
    const filled = key.replace('{r}', line.region).replace('{*}', match[1]?.toLowerCase() ?? '');
    return meter(component, filled, line.quantity || '1');
  }
  return undefined;
}

const READINGS = [...THING_READINGS, ...NETWORK_READINGS, ...SERVICE_READINGS, ...S3_READINGS];
