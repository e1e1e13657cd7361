import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseDocument } from 'yaml';
import { RuntimeError } from '../errors.ts';
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
 * @throws RuntimeError `CONFIG_INVALID`, `CONFIG_UNKNOWN_KEY`, `CONFIG_YAML_UNSAFE`, `BUDGET_INVALID`.
 */
export function readConfig(sources: ConfigSources): Config {
  return Object.fromEntries(resolveConfig(sources).map(({ name, value }) => [name, value])) as Config;
}

/** Every setting with its value and origin. @throws as `readConfig`. */
export function resolveConfig(sources: ConfigSources): Resolved[] {
  const home = resolveSetting('home', sources, {});
  const file = readConfigFile(join(String(home.value), 'config.yaml'));
  return (Object.keys(SETTINGS) as SettingName[]).map((name) => resolveSetting(name, sources, file));
}

function resolveSetting(
  name: SettingName,
  { flags, environment }: ConfigSources,
  file: Record<string, string>,
): Resolved {
  const setting: Setting<unknown> = SETTINGS[name];
  const flag = setting.flag === undefined ? undefined : flags[setting.flag];
  if (flag !== undefined) return parsed(name, flag, 'flag', `--${setting.flag}`);
  const variable = [setting.env, ...(setting.aliases ?? [])].find((candidate) => (environment[candidate] ?? '') !== '');
  if (variable !== undefined) return parsed(name, environment[variable] ?? '', 'environment', variable);
  const entry = file[setting.key];
  if (entry !== undefined) return parsed(name, entry, 'file', `config.yaml: ${setting.key}`);
  return { name, setting, value: setting.fallback, origin: 'default', from: '' };
}

function parsed(name: SettingName, text: string, origin: Origin, from: string): Resolved {
  const setting: Setting<unknown> = SETTINGS[name];
  const result = setting.parse(text);
  if ('value' in result) return { name, setting, value: result.value, origin, from };
  throw new RuntimeError(name === 'budgetMonthlyUsd' ? 'BUDGET_INVALID' : 'CONFIG_INVALID', {
    message: `expected ${result.expected}, got "${text.slice(0, 80)}"`,
    where: from,
    fix: setting.describe,
  });
}

function readConfigFile(path: string): Record<string, string> {
  const text = readIfThere(path);
  if (text === undefined) return {};
  const document = parseDocument(text, { uniqueKeys: true, schema: 'core' });
  const [problem] = document.errors;
  if (problem !== undefined) throw unsafe(path, problem.message.split('\n')[0] ?? 'not YAML');
  const value: unknown = document.toJS({ maxAliasCount: 0 });
  if (value === null || value === undefined) return {};
  if (typeof value !== 'object' || Array.isArray(value)) throw unsafe(path, 'expected a mapping of settings');
  return Object.fromEntries(
    Object.entries(value).map(([key, entry]) => [
      knownKey(key, path),
      Array.isArray(entry) ? entry.join(',') : String(entry),
    ]),
  );
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw new RuntimeError('CONFIG_INVALID', {
      message: 'the configuration file cannot be read',
      where: path,
      cause: error,
    });
  }
}

function knownKey(key: string, path: string): string {
  const keys = Object.values(SETTINGS).map((setting) => setting.key as string);
  if (keys.includes(key)) return key;
  throw new RuntimeError('CONFIG_UNKNOWN_KEY', {
    message: `unknown setting "${key.slice(0, 80)}"`,
    where: path,
    fix: `known settings: ${keys.join(', ')}`,
  });
}

function unsafe(path: string, message: string): RuntimeError {
  return new RuntimeError('CONFIG_YAML_UNSAFE', {
    message,
    where: path,
    fix: 'keep config.yaml to plain keys and values',
  });
}
