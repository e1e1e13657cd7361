import { Command, CommanderError } from 'commander';
import { addAnalysis } from './commands/analyze.ts';
import { addConfig } from './commands/config.ts';
import { addDoctor } from './commands/doctor.ts';
import { addProcesses } from './commands/processes.ts';
import { addReport } from './commands/report.ts';
import { addRules } from './commands/rules.ts';
import { addSessions } from './commands/sessions.ts';
import { addVerify } from './commands/verify.ts';
import { EXIT, type ExitStatus } from './exit-status.ts';
import { printFailure } from './failure.ts';
import type { Terminal } from './terminal.ts';

/** What a command gets from the process it runs in. */
export interface Invocation {
  readonly terminal: Terminal;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** Registers an action: its result is the exit status. */
export type Act = (action: () => Promise<ExitStatus>) => Promise<void>;

/** Runs one command line and answers its exit status; prints errors, throws nothing. */
export async function run(args: readonly string[], invocation: Invocation): Promise<number> {
  let status: ExitStatus = EXIT.complete;
  const act: Act = async (action) => {
    status = await action();
  };
  const program = programOf(invocation, act);
  try {
    await program.parseAsync(args.length === 0 ? ['--help'] : [...args], { from: 'user' });
    return status;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.complete : EXIT.usage;
    return printFailure(error, invocation.terminal, (invocation.environment['INFRAFABRIC_DEBUG'] ?? '') !== '');
  }
}

function programOf(invocation: Invocation, act: Act): Command {
  const { terminal } = invocation;
  const program = new Command('infrafabric')
    .description('Audits an AWS bill and estate and proves what it says: every figure can be recomputed offline.')
    .version('0.1.0', '--version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .showHelpAfterError('(infrafabric --help lists the commands)')
    .configureOutput({
      writeOut: terminal.out,
      writeErr: terminal.err,
      outputError: (text, write) => write(usageError(text)),
    })
    .exitOverride();
  for (const add of [addAnalysis, addVerify, addSessions, addReport, addRules, addConfig, addDoctor, addProcesses]) {
    add(program, invocation, act);
  }
  program.addHelpText('after', AFTER_HELP);
  for (const command of program.commands) command.exitOverride().helpOption('-h, --help', 'print this help');
  return program;
}

function usageError(text: string): string {
  const code = /unknown (option|command)/.test(text) ? 'USAGE_UNKNOWN_OPTION' : 'USAGE';
  return text.replace(/^error: /, `${code}: `);
}

const AFTER_HELP = `
Exit status: 0 complete, 1 complete with gaps, 2 usage, 3 bad input, 4 verification failed, 5 budget reached,
6 environment or upstream, 7 cancelled, 8 --fail-on met, 70 a bug of ours.

Start with:  infrafabric demo
`;
