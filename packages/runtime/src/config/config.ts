import { join } from 'node:path';
import { RuntimeError } from '../errors.ts';
import { readConfigFile } from './config-file.ts';
import type { Origin, Setting } from './setting.ts';
import { SETTINGS, type SettingName } from './settings.ts';

/** Every setting's value. */
export type Config = {
  readonly [Name in SettingName]: ReturnType<(typeof SETTINGS)[Name]['parse']> extends infer P
    ? Extract<P, { value: unknown }>['value']
    : never;
};

/** A value and where it came from, for `config show`. */
export interface Resolved {
  readonly name: SettingName;
  readonly setting: Setting<unknown>;
  readonly value: unknown;
  readonly origin: Origin;
  /** The variable, flag or file that set it. */
  readonly from: string;
}

/** Where configuration may come from; strongest first: flags, environment, config.yaml in the data folder, defaults. */
export interface ConfigSources {
  readonly flags: Readonly<Record<string, string | undefined>>;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/**
 * Reads the configuration. Every value is checked, also the ones nobody uses in this run.
 *
 * @throws RuntimeError `CONFIG_INVALID`, `BUDGET_INVALID`, and those of `readConfigFile`.
 */
export function readConfig(sources: ConfigSources): Config {
  const values = Object.fromEntries(resolveConfig(sources).map(({ name, value }) => [name, value]));
  if (isConfig(values)) return values;
  throw new TypeError('expected a value for every setting');
}

/** Every value is one its own setting parsed or its fallback, so names are all there is to check. */
function isConfig(values: object): values is Config {
  return SETTING_NAMES.every((name) => name in values);
}

const SETTING_NAMES = Object.keys(SETTINGS).filter((name): name is SettingName => name in SETTINGS);

/** Every setting with its value and origin. @throws as `readConfig`. */
export function resolveConfig(sources: ConfigSources): Resolved[] {
  const home = resolveSetting('home', sources, new Map());
  const file = readConfigFile(join(String(home.value), 'config.yaml'));
  return SETTING_NAMES.map((name) => resolveSetting(name, sources, file));
}

function resolveSetting(
  name: SettingName,
  { flags, environment }: ConfigSources,
  file: ReadonlyMap<string, string>,
): Resolved {
  const setting: Setting<unknown> = SETTINGS[name];
  const flag = setting.flag === undefined ? undefined : flags[setting.flag];
  if (flag !== undefined) return parsed(name, flag, 'flag', `--${setting.flag}`);
  const variable = [setting.env, ...(setting.aliases ?? [])].find((candidate) => (environment[candidate] ?? '') !== '');
  if (variable !== undefined) return parsed(name, environment[variable] ?? '', 'environment', variable);
  const entry = setting.key === undefined ? undefined : file.get(setting.key);
  if (entry !== undefined) return parsed(name, entry, 'file', `config.yaml: ${setting.key}`);
  return { name, setting, value: setting.fallback, origin: 'default', from: '' };
}

function parsed(name: SettingName, text: string, origin: Origin, from: string): Resolved {
  const setting: Setting<unknown> = SETTINGS[name];
  const result = setting.parse(text);
  if ('value' in result) return { name, setting, value: result.value, origin, from };
  throw new RuntimeError(name === 'budgetMonthlyUsd' ? 'BUDGET_INVALID' : 'CONFIG_INVALID', {
    message: `expected ${result.expected}, got ${setting.isSecret === true ? 'something else' : `"${text.slice(0, 80)}"`}`,
    where: from,
    fix: setting.describe,
  });
}
