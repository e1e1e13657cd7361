import { RULES } from '@infrafabric/agents';
import { presetSettings, readExclusion, readThreshold } from '@infrafabric/finops';
import type { SessionRequest } from '@infrafabric/protocol';
import type { Config } from './config/config.ts';
import { SETTINGS } from './config/settings.ts';
import { RuntimeError } from './errors.ts';

/**
 * The thresholds a person changed; defaults stay with the rules, so that a report says the same on every machine.
 *
 * A threshold of one rule wins over one for all, and `--threshold` over the variables with a name of their own and the preset.
 * @throws RuntimeError `CONFIG_INVALID`.
 */
export function thresholdsOf(config: Config): SessionRequest['settings'] {
  const named = NAMED.filter((name) => config[name] !== SETTINGS[name].fallback);
  const settings: Record<string, string> = {
    ...presetSettings(config.rightsizingPreset),
    ...Object.fromEntries(named.map((name) => [SETTINGS[name].env, String(config[name])])),
  };
  for (const text of config.thresholds) {
    const read = readThreshold(text, RULES);
    if ('fix' in read) {
      throw new RuntimeError('CONFIG_INVALID', {
        message: read.message,
        where: `--threshold ${text.slice(0, 200)}`,
        fix: read.fix,
      });
    }
    settings[read.key] = read.value;
  }
  return settings;
}

const NAMED = ['idleCpuPercent', 'underutilizedCpuPercent'] as const;

/** The expressions on tags of a person, sorted; nothing when there are none. @throws RuntimeError `CONFIG_INVALID`. */
export function exclusionsOf(config: Config): Pick<SessionRequest, 'exclude'> {
  const read = config.exclude.map((text) => {
    const exclusion = readExclusion(text);
    if (exclusion !== undefined) return exclusion.expression;
    throw new RuntimeError('CONFIG_INVALID', {
      message: `expected an expression on tags such as env=prod, team=a|b, !owner or env=dev&keep, got "${text.slice(0, 80)}"`,
      where: '--exclude',
      fix: 'put it in quotes: a shell reads |, & and ! itself',
    });
  });
  return read.length === 0 ? {} : { exclude: [...new Set(read)].sort() };
}
