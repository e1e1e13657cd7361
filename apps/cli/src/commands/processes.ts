import type { Command } from 'commander';
import { EXIT } from '../exit-status.ts';
import type { Act, Invocation } from '../program.ts';

/** `worker` and `coordinator`: the agents as processes of their own, on the same embedded AWS or on AWS. */
export function addProcesses(program: Command, { terminal, environment }: Invocation, act: Act): void {
  program
    .command('worker')
    .description('Run one kind of worker until stopped (Ctrl-C)')
    .requiredOption('--role <role>', 'collector, pricing, rightsizing, upgrade-risk or budget')
    .action((options: { role: string }) =>
      act(async () => {
        const { readConfig, runWorkerProcess } = await import('@infrafabric/runtime');
        await runWorkerProcess(readConfig({ flags: {}, environment }), options.role, {
          signal: untilStopped(),
          log: (line) => terminal.err(`${line}\n`),
        });
        return EXIT.complete;
      }),
    );
  program
    .command('coordinator')
    .description('Run a coordinator until stopped (Ctrl-C): it takes up every session that has none')
    .action(() =>
      act(async () => {
        const { readConfig, runCoordinatorProcess } = await import('@infrafabric/runtime');
        await runCoordinatorProcess(readConfig({ flags: {}, environment }), {
          signal: untilStopped(),
          log: (line) => terminal.err(`${line}\n`),
        });
        return EXIT.complete;
      }),
    );
}

/** Aborts on the first Ctrl-C or SIGTERM; the second one ends the process at once. */
export function untilStopped(): AbortSignal {
  const stop = new AbortController();
  const onSignal = (): void => {
    if (stop.signal.aborted) process.exit(EXIT.cancelled);
    stop.abort();
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  return stop.signal;
}
