import type { Command } from 'commander';
import { withExamples } from '../examples.ts';
import { EXIT } from '../exit-status.ts';
import type { Act, Invocation } from '../invocation.ts';
import { untilStopped } from '../stop-signal.ts';

/** `worker` and `coordinator`: the agents as processes of their own, on the same embedded AWS or on AWS. */
export function addProcesses(program: Command, invocation: Invocation, act: Act): void {
  addWorker(program, invocation, act);
  addCoordinator(program, invocation, act);
}

function addWorker(program: Command, { terminal, environment }: Invocation, act: Act): void {
  const worker = program
    .command('worker')
    .description('Run one kind of worker until stopped (Ctrl-C); its events are JSON lines on stderr')
    .requiredOption('--role <role>', 'collector, pricing, rightsizing, upgrade-risk or budget');
  withExamples(worker, 'infrafabric worker --role pricing');
  worker.action((options: { role: string }) =>
    act(async () => {
      const signal = untilStopped(terminal, 'finishing the tasks at hand');
      const { readConfig, runWorkerProcess } = await import('@infrafabric/runtime');
      const log = (line: string): void => terminal.err(`${line}\n`);
      await runWorkerProcess(readConfig({ flags: {}, environment }), options.role, { signal, log });
      return EXIT.complete;
    }),
  );
}

function addCoordinator(program: Command, { terminal, environment }: Invocation, act: Act): void {
  const coordinator = program
    .command('coordinator')
    .description('Run a coordinator until stopped (Ctrl-C): it takes up every session that has none');
  withExamples(coordinator, 'infrafabric coordinator', 'infrafabric analyze --bill focus.csv --external');
  coordinator.action(() =>
    act(async () => {
      const signal = untilStopped(terminal, 'stopping; unfinished sessions can be resumed');
      const { readConfig, runCoordinatorProcess } = await import('@infrafabric/runtime');
      const log = (line: string): void => terminal.err(`${line}\n`);
      await runCoordinatorProcess(readConfig({ flags: {}, environment }), { signal, log });
      return EXIT.complete;
    }),
  );
}
