import type { Command } from 'commander';
import { withExamples } from '../examples.ts';
import { EXIT, type ExitStatus } from '../exit-status.ts';
import { type LiveFlags, liveSettings, withJson } from '../flags.ts';
import type { Act, Invocation } from '../invocation.ts';
import { untilStopped } from '../stop-signal.ts';
import { oneLine } from '../table.ts';
import type { Check } from '@infrafabric/runtime';

interface DoctorFlags extends LiveFlags {
  readonly json?: boolean;
  readonly live?: boolean;
  readonly agents?: string;
}

/** `doctor`: checks what an analysis needs before it is needed. */
export function addDoctor(program: Command, invocation: Invocation, act: Act): void {
  const doctor = program
    .command('doctor')
    .description('Check this machine: Node, data folder, free space, keys, queues, state and evidence')
    .option(
      '--live',
      'check the AWS permissions instead: try each read that costs nothing and print missing policy lines',
    )
    .option('--profile <name>', 'AWS profile for --live')
    .option('--regions <list>', 'the first is where --live tries (default: us-east-1)')
    .option('--agents <list>', 'try only what these need: pricing,rightsizing,upgrade-risk,budget (default: all)')
    .option(
      '--max-aws-usd <amount>',
      'also try reads AWS charges for, at most for this much (default: they are listed)',
    );
  withExamples(withJson(doctor), 'infrafabric doctor', 'infrafabric doctor --live --profile audit');
  doctor.action((flags: DoctorFlags) => act(() => examine(invocation, flags)));
}

async function examine(invocation: Invocation, flags: DoctorFlags): Promise<ExitStatus> {
  const { terminal } = invocation;
  const json = flags.json === true;
  const checks = await checksOf(invocation, flags);
  if (json) terminal.document(JSON.stringify(checks, undefined, 2));
  for (const { ok, name, detail, fix } of json ? [] : checks) {
    const mark = ok ? terminal.paint('green', 'ok  ') : terminal.paint('red', 'FAIL');
    const advice = ok || fix === undefined ? '' : `     fix: ${oneLine(fix)}\n`;
    terminal.out(`${mark} ${name}: ${oneLine(detail)}\n${advice}`);
  }
  return checks.every((check) => check.ok) ? EXIT.complete : EXIT.environment;
}

async function checksOf({ terminal, environment }: Invocation, flags: DoctorFlags): Promise<Check[]> {
  const { diagnose, diagnoseLive, readConfig } = await import('@infrafabric/runtime');
  const config = readConfig({ flags: { agents: flags.agents, ...liveSettings(flags) }, environment });
  return flags.live === true ? diagnoseLive(config, untilStopped(terminal, 'stopping')) : diagnose(config);
}
