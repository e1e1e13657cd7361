import type { Command } from 'commander';
import { EXIT } from '../exit-status.ts';
import type { Act, Invocation } from '../program.ts';
import { table } from '../terminal.ts';

/** `config`: every setting, its value and where the value came from. */
export function addConfig(program: Command, { terminal, environment }: Invocation, act: Act): void {
  const config = program.command('config').description('Show every setting, its value and where it came from');
  config
    .command('show', { isDefault: true })
    .description('Show the configuration in force')
    .option('--json', 'print one JSON document on stdout')
    .action((options: { json?: boolean }) =>
      act(async () => {
        const { resolveConfig, WITHOUT_MEANING } = await import('@infrafabric/runtime');
        const resolved = resolveConfig({ flags: {}, environment });
        if (options.json === true) {
          const document = resolved.map(({ setting, value, origin, from }) => ({
            env: setting.env,
            key: setting.key,
            value,
            origin,
            from,
            unit: setting.unit,
          }));
          terminal.out(`${JSON.stringify(document, undefined, 2)}\n`);
          return EXIT.complete;
        }
        const rows = resolved.map(({ setting, value, origin, from }) => [
          setting.env,
          String(value),
          origin === 'default' ? 'default' : from,
          setting.describe,
        ]);
        terminal.out(`${table([['SETTING', 'VALUE', 'FROM', 'WHAT'], ...rows])}\n`);
        for (const [name, why] of Object.entries(WITHOUT_MEANING)) {
          if ((environment[name] ?? '') !== '') terminal.err(`${name} is set and has no meaning here: ${why}\n`);
        }
        return EXIT.complete;
      }),
    );
}
