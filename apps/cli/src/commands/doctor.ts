import type { Command } from 'commander';
import { withExamples } from '../examples.ts';
import { EXIT, type ExitStatus } from '../exit-status.ts';
import { withJson } from '../flags.ts';
import type { Act, Invocation } from '../invocation.ts';
import { oneLine } from '../table.ts';

/** `doctor`: checks what an analysis needs before it is needed. */
export function addDoctor(program: Command, invocation: Invocation, act: Act): void {
  const doctor = program
    .command('doctor')
    .description('Check this machine: Node, data folder, free space, keys, queues, state and evidence');
  withExamples(withJson(doctor), 'infrafabric doctor', 'INFRAFABRIC_HOME=/data/infrafabric infrafabric doctor --json');
  doctor.action((options: { json?: boolean }) => act(() => examine(invocation, options.json === true)));
}

async function examine({ terminal, environment }: Invocation, json: boolean): Promise<ExitStatus> {
  const { diagnose, readConfig } = await import('@infrafabric/runtime');
  const checks = await diagnose(readConfig({ flags: {}, environment }));
  if (json) terminal.document(JSON.stringify(checks, undefined, 2));
  for (const { ok, name, detail, fix } of json ? [] : checks) {
    const mark = ok ? terminal.paint('green', 'ok  ') : terminal.paint('red', 'FAIL');
    const advice = ok || fix === undefined ? '' : `     fix: ${oneLine(fix)}\n`;
    terminal.out(`${mark} ${name}: ${oneLine(detail)}\n${advice}`);
  }
  return checks.every((check) => check.ok) ? EXIT.complete : EXIT.environment;
}
