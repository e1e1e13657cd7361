import { homedir } from 'node:os';
import { type Setting, SETTINGS, WITHOUT_MEANING } from '@infrafabric/runtime';
import { table } from './table.ts';

/** docs/configuration.md, from the list of settings. */
export function configurationPage(): string {
  const settings: readonly Setting<unknown>[] = Object.values(SETTINGS);
  const without = table(
    ['variable', 'why it has no meaning here'],
    Object.entries(WITHOUT_MEANING).map(([name, why]) => [`\`${name}\``, why]),
  );
  return `${[HEAD, table(COLUMNS, settings.map(row)), WITHOUT, without].join('\n\n')}\n`;
}

const HEAD = `# Configuration

<!-- Made from the list of settings by \`pnpm docs:write\`. Change that. -->

A value comes from the first of: flag, environment variable, \`config.yaml\` in the data folder, default. \`infrafabric config show\` prints every value and where it came from.
\`config.yaml\` holds plain keys and values, or lists of values; anchors, aliases, tags, keys given twice and unknown keys are refused.`;

const COLUMNS = ['environment', 'key in config.yaml', 'flag', 'default', 'unit', 'what it does'];

const WITHOUT = `## Without meaning here

Established variables of similar systems that do nothing; \`config show\` says so when one is set.`;

function row({ env, aliases, key, flag, fallback, unit, describe, source }: Setting<unknown>): string[] {
  const value = String(fallback).replace(homedir(), '~');
  return [
    [env, ...(aliases ?? [])].map(code).join(', '),
    code(key),
    code(flag === undefined ? undefined : `--${flag}`),
    code(value === '' ? undefined : value),
    unit ?? '',
    source === undefined ? describe : `${describe}. Source: ${source}`,
  ];
}

function code(text: string | undefined): string {
  return text === undefined ? '' : `\`${text}\``;
}
