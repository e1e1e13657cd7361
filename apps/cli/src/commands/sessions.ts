import type { Command } from 'commander';
import { EXIT } from '../exit-status.ts';
import type { Act, Invocation } from '../program.ts';
import { openProgress } from '../progress.ts';
import { table } from '../terminal.ts';

/** `sessions`: what ran, what runs, and how to stop or finish it. */
export function addSessions(program: Command, invocation: Invocation, act: Act): void {
  const sessions = program.command('sessions').description('List, show, cancel or resume analyses');
  addList(sessions, invocation, act);
  addShow(sessions, invocation, act);
  addCancel(sessions, invocation, act);
  addResume(sessions, invocation, act);
}

function addList(sessions: Command, { terminal, environment }: Invocation, act: Act): void {
  sessions
    .command('list', { isDefault: true })
    .description('List every session, newest first')
    .option('--json', 'print one JSON document on stdout')
    .action((options: { json?: boolean }) =>
      act(async () => {
        const { listSessions, readConfig } = await import('@infrafabric/runtime');
        const list = await listSessions(readConfig({ flags: {}, environment }));
        if (options.json === true) terminal.out(`${JSON.stringify(list, undefined, 2)}\n`);
        else if (list.length === 0) terminal.err('no session yet: infrafabric demo\n');
        else
          terminal.out(
            `${table([['SESSION', 'STATE', 'STARTED', 'AS OF'], ...list.map((one) => [one.session_id, one.state, one.started_at, one.as_of])])}\n`,
          );
        return EXIT.complete;
      }),
    );
}

function addShow(sessions: Command, { terminal, environment }: Invocation, act: Act): void {
  sessions
    .command('show')
    .description('Show a session and its tasks')
    .argument('<id>', 'session id')
    .option('--json', 'print one JSON document on stdout')
    .action((id: string, options: { json?: boolean }) =>
      act(async () => {
        const { readConfig, showSession } = await import('@infrafabric/runtime');
        const shown = await showSession(readConfig({ flags: {}, environment }), id);
        if (options.json === true) {
          terminal.out(`${JSON.stringify(shown, undefined, 2)}\n`);
          return EXIT.complete;
        }
        terminal.out(`${shown.session.session_id}  ${shown.session.state}  as of ${shown.session.as_of}\n`);
        const rows = shown.tasks.map((task) => [task.task_id, task.state, String(task.attempt), task.code ?? '']);
        terminal.out(`${table([['TASK', 'STATE', 'ATTEMPTS', 'REASON'], ...rows], [2])}\n`);
        return EXIT.complete;
      }),
    );
}

function addCancel(sessions: Command, { terminal, environment }: Invocation, act: Act): void {
  sessions
    .command('cancel')
    .description('Stop a session; finished work is kept, nothing more is started')
    .argument('<id>', 'session id')
    .action((id: string) =>
      act(async () => {
        const { cancelSession, readConfig } = await import('@infrafabric/runtime');
        const { state, changed } = await cancelSession(readConfig({ flags: {}, environment }), id);
        terminal.err(changed ? `cancelling ${id}\n` : `${id} is over already: ${state}\n`);
        return EXIT.complete;
      }),
    );
}

function addResume(sessions: Command, { terminal, environment }: Invocation, act: Act): void {
  sessions
    .command('resume')
    .description('Finish a session whose process died; finished tasks are not run again')
    .argument('<id>', 'session id')
    .option('--out <dir>', 'where to write the report')
    .action((id: string, options: { out?: string }) =>
      act(async () => {
        const { readConfig, resumeSession } = await import('@infrafabric/runtime');
        const progress = openProgress(terminal);
        const outcome = await resumeSession(readConfig({ flags: {}, environment }), id, {
          observer: progress,
          ...options,
        }).finally(progress.close);
        terminal.err(
          outcome.out === undefined
            ? `${id}: ${outcome.state}\n`
            : `${id}: ${outcome.state}, report in ${outcome.out}\n`,
        );
        return outcome.gaps === 0 ? EXIT.complete : EXIT.gaps;
      }),
    );
}
