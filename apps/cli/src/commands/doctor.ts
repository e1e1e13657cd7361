import type { Command } from 'commander';
import { EXIT } from '../exit-status.ts';
import type { Act, Invocation } from '../program.ts';

/** `doctor`: checks what an analysis needs before it is needed. */
export function addDoctor(program: Command, { terminal, environment }: Invocation, act: Act): void {
  program
    .command('doctor')
    .description('Check this machine: Node, data folder, keys, embedded AWS, one signed message there and back')
    .option('--json', 'print one JSON document on stdout')
    .action((options: { json?: boolean }) =>
      act(async () => {
        const { diagnose, readConfig } = await import('@infrafabric/runtime');
        const checks = await diagnose(readConfig({ flags: {}, environment }));
        if (options.json === true) terminal.out(`${JSON.stringify(checks, undefined, 2)}\n`);
        else
          for (const { ok, name, detail, fix } of checks)
            terminal.out(
              `${ok ? terminal.paint('green', 'ok  ') : terminal.paint('red', 'FAIL')} ${name}: ${detail}${ok || fix === undefined ? '' : `\n     fix: ${fix}`}\n`,
            );
        return checks.every((check) => check.ok) ? EXIT.complete : EXIT.environment;
      }),
    );
}
