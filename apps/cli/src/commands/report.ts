import { resolve } from 'node:path';
import type { Command } from 'commander';
import { EXIT } from '../exit-status.ts';
import type { Act, Invocation } from '../program.ts';

/** `report`: writes the report of a session again, or says where one is. */
export function addReport(program: Command, { terminal, environment }: Invocation, act: Act): void {
  program
    .command('report')
    .description('Write the report of a finished session to a folder')
    .argument('<id>', 'session id')
    .option('--out <dir>', 'where to write it (default: the reports folder of INFRAFABRIC_HOME)')
    .option('--format <list>', 'html,md,json,csv', 'html,md,json,csv')
    .action((id: string, options: { out?: string; format: string }) =>
      act(async () => {
        const { exportReport, readConfig } = await import('@infrafabric/runtime');
        const out = await exportReport(readConfig({ flags: {}, environment }), id, options);
        terminal.out(`${resolve(out)}\n`);
        return EXIT.complete;
      }),
    );
}
