import type { Threshold } from '../model/rule.ts';

const SOURCE = 'AWS Compute Optimizer user guide, rightsizing preferences, preset Default, read 2026-08-21';

/** Percentile of CPU measurements a candidate must carry. */
export const CPU_PERCENTILE: Threshold = {
  name: 'RIGHTSIZING_CPU_PERCENTILE',
  value: 99.5,
  unit: '% of measurements',
  range: [1, 100],
  source: SOURCE,
};

/** Share of a candidate's CPU that stays free. */
export const CPU_HEADROOM: Threshold = {
  name: 'RIGHTSIZING_CPU_HEADROOM',
  value: 20,
  unit: '% of vCPUs',
  range: [0, 90],
  source: SOURCE,
};

/** Share of a candidate's memory that stays free. */
export const MEMORY_HEADROOM: Threshold = {
  name: 'RIGHTSIZING_MEMORY_HEADROOM',
  value: 20,
  unit: '% of memory',
  range: [0, 90],
  source: SOURCE,
};

/** What a preset sets. */
export const RIGHTSIZING_THRESHOLDS: readonly Threshold[] = [CPU_PERCENTILE, CPU_HEADROOM, MEMORY_HEADROOM];

/** Whether an instance may leave its family, 1, or only change its size, 0. */
export const OTHER_FAMILIES: Threshold = {
  name: 'RIGHTSIZING_OTHER_FAMILIES',
  value: 1,
  unit: '(1 = yes, 0 = own family only)',
  range: [0, 1],
  source:
    'Own setting of 2026-11-21, after the preferred instance families of AWS Compute Optimizer, which are all by default',
};

/** Whether {@link OTHER_FAMILIES} are candidates. */
export const mayLeaveFamily = (settings: Readonly<Record<string, number>>): boolean =>
  (settings[OTHER_FAMILIES.name] ?? OTHER_FAMILIES.value) >= 1;

/** The limits rightsizing works with, percent. */
export interface RightsizingLimits {
  readonly cpuPercentile: number;
  readonly cpuHeadroom: number;
  readonly memoryHeadroom: number;
}

/**
 * The four presets of AWS Compute Optimizer: CPU percentile, CPU headroom, memory headroom.
 *
 * Source: AWS Compute Optimizer user guide, "Rightsizing recommendation preferences", read 2026-08-21.
 */
export const RIGHTSIZING_PRESETS = {
  Default: { cpuPercentile: 99.5, cpuHeadroom: 20, memoryHeadroom: 20 },
  Balanced: { cpuPercentile: 95, cpuHeadroom: 30, memoryHeadroom: 30 },
  MaxSavings: { cpuPercentile: 90, cpuHeadroom: 0, memoryHeadroom: 10 },
  MaxPerformance: { cpuPercentile: 99.5, cpuHeadroom: 30, memoryHeadroom: 30 },
} as const satisfies Readonly<Record<string, RightsizingLimits>>;

/** Name of a preset. */
export type RightsizingPreset = keyof typeof RIGHTSIZING_PRESETS;

/** Names of the presets, the default first. */
export const RIGHTSIZING_PRESET_NAMES: readonly RightsizingPreset[] = [
  'Default',
  'Balanced',
  'MaxSavings',
  'MaxPerformance',
];

/** A preset as thresholds, for settings: only those that differ from the default. */
export function presetSettings(preset: RightsizingPreset): Readonly<Record<string, string>> {
  const { cpuPercentile, cpuHeadroom, memoryHeadroom } = RIGHTSIZING_PRESETS[preset];
  const values = [cpuPercentile, cpuHeadroom, memoryHeadroom];
  return Object.fromEntries(
    RIGHTSIZING_THRESHOLDS.flatMap(({ name, value }, at) =>
      values[at] === value ? [] : [[name, String(values[at])] as const],
    ),
  );
}

/** The limits in force. */
export function rightsizingLimits(settings: Readonly<Record<string, number>>): RightsizingLimits {
  const of = ({ name, value }: Threshold): number => settings[name] ?? value;
  return { cpuPercentile: of(CPU_PERCENTILE), cpuHeadroom: of(CPU_HEADROOM), memoryHeadroom: of(MEMORY_HEADROOM) };
}

/** What rightsizing works with instead of the preset Default, as a person reads it; `undefined` = Default. */
export function changedPreset(settings: Readonly<Record<string, string | number>>): string | undefined {
  const own = Object.fromEntries(
    RIGHTSIZING_THRESHOLDS.flatMap(({ name }) =>
      settings[name] === undefined ? [] : [[name, Number(settings[name])]],
    ),
  );
  const limits = rightsizingLimits(own);
  const preset = presetOf(limits);
  if (preset === 'Default') return undefined;
  const { cpuPercentile, cpuHeadroom, memoryHeadroom } = limits;
  return `${preset ?? 'own limits'}: CPU P${cpuPercentile}, headroom ${cpuHeadroom} % of CPU and ${memoryHeadroom} % of memory`;
}

/** The preset that has exactly these limits; `undefined` for limits of one's own. */
export const presetOf = (limits: RightsizingLimits): RightsizingPreset | undefined =>
  RIGHTSIZING_PRESET_NAMES.find((name) => {
    const preset = RIGHTSIZING_PRESETS[name];
    return (
      preset.cpuPercentile === limits.cpuPercentile &&
      preset.cpuHeadroom === limits.cpuHeadroom &&
      preset.memoryHeadroom === limits.memoryHeadroom
    );
  });
