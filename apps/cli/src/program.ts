import { Command, CommanderError } from 'commander';
import { addAnalysis } from './commands/analyze.ts';
import { addApiKeys } from './commands/api-keys.ts';
import { addBudgets } from './commands/budgets.ts';
import { addCollect } from './commands/collect.ts';
import { addConfig } from './commands/config.ts';
import { addDecisions } from './commands/decisions.ts';
import { addDlq } from './commands/dlq.ts';
import { addDoctor } from './commands/doctor.ts';
import { addKeys } from './commands/keys.ts';
import { addMessages } from './commands/messages.ts';
import { addPlan } from './commands/plan.ts';
import { addHistory } from './commands/history.ts';
import { addPrices } from './commands/prices.ts';
import { addProcesses } from './commands/processes.ts';
import { addQuarantine } from './commands/quarantine.ts';
import { addReport } from './commands/report.ts';
import { addRules } from './commands/rules.ts';
import { addServe } from './commands/serve.ts';
import { addServices } from './commands/services.ts';
import { addSessions } from './commands/sessions.ts';
import { addVerify } from './commands/verify.ts';
import { EXIT, type ExitStatus } from './exit-status.ts';
import type { Act, Invocation } from './invocation.ts';
import { VERSION } from './version.ts';

/** Runs one command line and answers its exit status; prints errors, throws nothing. */
export async function run(args: readonly string[], invocation: Invocation): Promise<number> {
  let status: ExitStatus = EXIT.complete;
  const program = programOf(invocation, async (action) => {
    status = await action();
  });
  try {
    await program.parseAsync(args.length === 0 ? ['--help'] : [...args], { from: 'user' });
    return status;
  } catch (error) {
    if (error instanceof CommanderError) {
      if (error.exitCode === 0) return EXIT.complete;
      const { usageFailure } = await import('./usage-failure.ts');
      invocation.terminal.err(usageFailure(error, program, args));
      return EXIT.usage;
    }
    const { printFailure } = await import('./failure.ts');
    return printFailure(error, invocation);
  }
}

/** Every command, as commander knows it. */
export function programOf(invocation: Invocation, act: Act): Command {
  const { terminal } = invocation;
  const program = new Command('infrafabric')
    .description('Audits an AWS bill and estate and proves what it says: every figure can be recomputed offline.')
    .version(VERSION, '--version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .helpCommand('help [command]', 'print the help of a command')
    .showSuggestionAfterError(false)
    .configureOutput({ writeOut: terminal.out, writeErr: terminal.err, outputError: () => undefined })
    .exitOverride();
  for (const add of [
    addAnalysis,
    addCollect,
    addVerify,
    addReport,
    addPlan,
    addSessions,
    addBudgets,
    addDecisions,
    addHistory,
    addRules,
    addServices,
    addConfig,
    addPrices,
    addDoctor,
    addServe,
    addApiKeys,
    addProcesses,
    addKeys,
    addMessages,
    addQuarantine,
    addDlq,
  ]) {
    add(program, invocation, act);
  }
  return program.addHelpText('after', AFTER_HELP);
}

const AFTER_HELP = `
Exit status: 0 complete, 1 complete with gaps, 2 usage, 3 bad input, 4 verification failed, 5 budget reached,
6 environment or upstream, 7 cancelled, 8 --fail-on met, 70 a bug of ours.

Start with:  infrafabric demo
`;
