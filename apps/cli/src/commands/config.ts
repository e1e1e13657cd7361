import type { Command } from 'commander';
import type { Setting } from '@infrafabric/runtime';
import { withExamples } from '../examples.ts';
import { EXIT, type ExitStatus } from '../exit-status.ts';
import { withJson } from '../flags.ts';
import type { Act, Invocation } from '../invocation.ts';
import { table } from '../table.ts';

/** `config`: every setting, its value and where the value came from. */
export function addConfig(program: Command, invocation: Invocation, act: Act): void {
  const config = program.command('config').description('Show every setting, its value and where it came from');
  const show = config.command('show', { isDefault: true }).description('Show the configuration in force');
  withExamples(withJson(show), 'infrafabric config', 'LOG_LEVEL=debug infrafabric config show --json');
  show.action((options: { json?: boolean }) => act(() => showConfig(invocation, options.json === true)));
}

/** A value that may hold a password says only that it is set. */
function shownValue({ isSecret }: Setting<unknown>, value: unknown): unknown {
  return isSecret === true && value !== '' ? '(set)' : value;
}

async function showConfig({ terminal, environment }: Invocation, json: boolean): Promise<ExitStatus> {
  const { resolveConfig, WITHOUT_MEANING } = await import('@infrafabric/runtime');
  const resolved = resolveConfig({ flags: {}, environment });
  if (json) {
    const document = resolved.map(({ setting, value, origin, from }) => ({
      env: setting.env,
      key: setting.key,
      value: shownValue(setting, value),
      origin,
      from,
      unit: setting.unit,
    }));
    terminal.document(JSON.stringify(document, undefined, 2));
    return EXIT.complete;
  }
  const rows = resolved.map(({ setting, value, origin, from }) => [
    setting.env,
    String(shownValue(setting, value)),
    origin === 'default' ? 'default' : from,
    setting.describe,
  ]);
  terminal.out(`${table([['SETTING', 'VALUE', 'FROM', 'WHAT'], ...rows])}\n`);
  for (const [name, why] of Object.entries(WITHOUT_MEANING)) {
    if ((environment[name] ?? '') !== '') terminal.err(`${name} is set and has no meaning here: ${why}\n`);
  }
  return EXIT.complete;
}
