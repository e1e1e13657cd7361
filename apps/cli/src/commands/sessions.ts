import type { Command } from 'commander';
import type { SessionLine } from '@infrafabric/runtime';
import { withExamples } from '../examples.ts';
import { EXIT, type ExitStatus } from '../exit-status.ts';
import { type ReportFlags, withJson, withReportFlags, withVerbose } from '../flags.ts';
import type { Act, Invocation } from '../invocation.ts';
import { shownPath } from '../shown-path.ts';
import { openProgress } from '../progress.ts';
import { untilStopped } from '../stop-signal.ts';
import { table } from '../table.ts';
import { addPrune } from './sessions-prune.ts';
import { statusOfState } from './state-status.ts';

interface JsonFlag {
  readonly json?: boolean;
}

interface ResumeFlags extends ReportFlags {
  readonly verbose?: boolean;
}

const ID = 's-0192f0c1-7d3a-7c51-b1ff-5f1b2c3d4e5f';

/** `sessions`: what ran, what runs, and how to stop or finish it. */
export function addSessions(program: Command, invocation: Invocation, act: Act): void {
  const sessions = program.command('sessions').description('List, show, watch, cancel or resume analyses');
  const list = sessions.command('list', { isDefault: true }).description('List every session, newest first');
  withExamples(withJson(list), 'infrafabric sessions', 'infrafabric sessions list --json');
  list.action((flags: JsonFlag) => act(() => listAll(invocation, flags)));

  const show = sessions.command('show').description('Show a session and its tasks').argument('<id>', 'session id');
  withExamples(withJson(show), `infrafabric sessions show ${ID}`);
  show.action((id: string, flags: JsonFlag) => act(() => showOne(id, invocation, flags)));

  addWatch(sessions, 'infrafabric sessions watch', invocation, act);
  addWatch(program, 'infrafabric watch', invocation, act);

  const cancel = sessions
    .command('cancel')
    .description('Stop a session; finished work is kept, nothing more is started')
    .argument('<id>', 'session id');
  withExamples(cancel, `infrafabric sessions cancel ${ID}`);
  cancel.action((id: string) => act(() => cancelOne(id, invocation)));

  const resume = sessions
    .command('resume')
    .description('Finish a session whose process died and write its report; finished tasks are not run again')
    .argument('<id>', 'session id');
  withExamples(withVerbose(withReportFlags(resume)), `infrafabric sessions resume ${ID} --out ./out`);
  resume.action((id: string, flags: ResumeFlags) => act(() => resumeOne(id, invocation, flags)));
  addPrune(sessions, invocation, act);
}

/** `sessions watch`, and the same as a command of its own. */
function addWatch(parent: Command, name: string, invocation: Invocation, act: Act): void {
  const watch = parent
    .command('watch')
    .description('Follow a session whoever runs it, from its beginning until it is over; Ctrl-C leaves it running')
    .argument('<id>', 'session id');
  withExamples(withVerbose(watch), `${name} ${ID}`);
  watch.action((id: string, flags: { verbose?: boolean }) => act(() => watchOne(id, invocation, flags)));
}

async function listAll({ terminal, environment }: Invocation, flags: JsonFlag): Promise<ExitStatus> {
  const { listSessions, readConfig } = await import('@infrafabric/runtime');
  const list = await listSessions(readConfig({ flags: {}, environment }));
  const rows = list.map((one) => [one.session_id, one.state, one.started_at, one.as_of, noteOf(one)]);
  if (flags.json === true) terminal.document(JSON.stringify(list, undefined, 2));
  else if (list.length === 0) terminal.err('no session yet: infrafabric demo\n');
  else terminal.out(`${table([['SESSION', 'STATE', 'STARTED', 'AS OF', ''], ...rows])}\n`);
  return EXIT.complete;
}

/** What a person should know of a session besides its state, and what to do about it. */
function noteOf({ holder, state, code }: SessionLine): string {
  if (holder === 'gone') return 'unfinished, its process is gone: sessions resume or cancel';
  if (holder !== 'nobody') return code ?? '';
  return state === 'CREATED'
    ? 'not taken up yet: infrafabric coordinator, or sessions resume'
    : 'unfinished, nobody runs it: sessions resume or cancel';
}

async function showOne(id: string, { terminal, environment }: Invocation, flags: JsonFlag): Promise<ExitStatus> {
  const { readConfig, showSession } = await import('@infrafabric/runtime');
  const shown = await showSession(readConfig({ flags: {}, environment }), id);
  const { session_id, state, as_of, deadline } = shown.session;
  const age = shown.last_progress_age_seconds;
  const rows = shown.tasks.map((task) => [task.task_id, task.state, String(task.attempt), task.code ?? '']);
  if (flags.json === true) terminal.document(JSON.stringify(shown, undefined, 2));
  else {
    terminal.out(`${session_id}  ${state}  as of ${as_of}  ${noteOf(shown.session)}\n`);
    if (age !== null) terminal.out(`last progress ${age} s ago; ends by ${deadline} at the latest\n`);
    terminal.out(`${table([['TASK', 'STATE', 'ATTEMPTS', 'REASON'], ...rows], [2])}\n`);
  }
  return EXIT.complete;
}

async function watchOne(
  id: string,
  { terminal, environment }: Invocation,
  { verbose }: { verbose?: boolean },
): Promise<ExitStatus> {
  const signal = untilStopped(terminal, 'no longer watching; the session goes on');
  const { readConfig, watchSession } = await import('@infrafabric/runtime');
  const progress = openProgress(terminal, verbose === true);
  const seen = await watchSession(readConfig({ flags: {}, environment }), id, {
    observer: progress,
    onLook: progress.look,
    signal,
  }).finally(progress.close);
  terminal.out(`${seen.session_id}  ${seen.state}${seen.code === null ? '' : `  ${seen.code}`}\n`);
  return signal.aborted ? EXIT.complete : statusOfState(seen.state, seen.code);
}

async function cancelOne(id: string, { terminal, environment }: Invocation): Promise<ExitStatus> {
  const { cancelSession, readConfig } = await import('@infrafabric/runtime');
  const { state, changed } = await cancelSession(readConfig({ flags: {}, environment }), id);
  if (!changed) terminal.err(`SESSION_TERMINAL: ${id} is over already: ${state}\n`);
  else terminal.err(state === 'CANCELLED' ? `${id} is cancelled\n` : `${id} came to its end first: ${state}\n`);
  return EXIT.complete;
}

async function resumeOne(id: string, { terminal, environment }: Invocation, flags: ResumeFlags): Promise<ExitStatus> {
  const signal = untilStopped(terminal, 'cancelling the session');
  const { readConfig, resumeSession } = await import('@infrafabric/runtime');
  const progress = openProgress(terminal, flags.verbose === true);
  const { state, code, wasOver, written } = await resumeSession(readConfig({ flags: {}, environment }), id, {
    observer: progress,
    signal,
    onHeld: (holder) => terminal.err(HELD[holder]),
    out: flags.out,
    formats: flags.format,
  }).finally(progress.close);
  if (wasOver) terminal.err(`SESSION_TERMINAL: ${id} was over already: ${state}\n`);
  if (written === undefined) {
    terminal.err(`${id}: ${state}${code === null ? '' : ` (${code})`}, no report\n`);
    return statusOfState(state, code);
  }
  const { summaryOf } = await import('../summary.ts');
  const where = { out: shownPath(written.out), root: written.root, formats: flags.format };
  terminal.out(summaryOf(written.report, where, terminal));
  return statusOfState(state, code);
}

const HELD = {
  alive: 'another process of this machine runs it and lives: helping, and waiting for its end\n',
  elsewhere: 'a process of another machine holds it: it is taken over when that stands still for 15 s\n',
} as const;
