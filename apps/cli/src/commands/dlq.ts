import type { Command } from 'commander';
import type { LetterChoice } from '@infrafabric/runtime';
import { withExamples } from '../examples.ts';
import { EXIT, type ExitStatus } from '../exit-status.ts';
import { type ReportFlags, withJson, withReportFlags, withVerbose } from '../flags.ts';
import type { Act, Invocation } from '../invocation.ts';
import { failureText } from '../failure.ts';
import { table } from '../table.ts';
import { redriven, type Redrive } from './dlq-redrive.ts';
import { letterText, rowOf } from './dlq-text.ts';

interface ChoiceFlags {
  readonly all?: boolean;
  readonly session?: string;
}

/** `dlq`: messages that nobody could handle. */
export function addDlq(program: Command, invocation: Invocation, act: Act): void {
  const dlq = program.command('dlq').description('Look at messages that nobody could handle, and do their work again');
  const list = withSession(
    dlq.command('ls', { isDefault: true }).description('List dead letters, the latest first: why, which task, when'),
  );
  withExamples(withJson(list), 'infrafabric dlq', 'infrafabric dlq ls --json');
  list.action((flags: ChoiceFlags & { json?: boolean }) => act(() => listAll(invocation, flags)));

  const show = dlq
    .command('show')
    .description('Show a dead letter and how its task stands')
    .argument('<sha256>', 'its hash, or the first 8 digits or more')
    .option('--raw', 'the message as it was sent');
  withExamples(withJson(show), 'infrafabric dlq show 0192f0c1', 'infrafabric dlq show 0192f0c1 --raw');
  show.action((id: string, flags: { json?: boolean; raw?: boolean }) => act(() => showOne(id, invocation, flags)));

  const redrive = dlq
    .command('redrive')
    .description('Do the work of dead letters again, as a new session over the same inputs with a report of its own')
    .argument('[sha256...]', 'their hashes, or the first 8 digits or more')
    .option('--all', 'every letter whose work was not done again yet');
  withExamples(
    withVerbose(withReportFlags(withJson(withSession(redrive)))),
    'infrafabric dlq redrive 0192f0c1 --out ./out',
    'infrafabric dlq redrive --all',
  );
  redrive.action((ids: string[], flags: ChoiceFlags & Redrive & ReportFlags) =>
    act(async () => withChoice(ids, flags, invocation, (choice) => redriven(choice, flags, invocation))),
  );

  const purge = dlq
    .command('purge')
    .description('Forget dead letters; their sessions and reports stay as they are')
    .argument('[sha256...]', 'their hashes, or the first 8 digits or more')
    .option('--all', 'every letter; needs --yes')
    .option('--yes', 'do not ask whether all are meant');
  withExamples(withJson(withSession(purge)), 'infrafabric dlq purge 0192f0c1', 'infrafabric dlq purge --all --yes');
  purge.action((ids: string[], flags: PurgeFlags) =>
    act(async () => withChoice(ids, flags, invocation, (choice) => purgeChosen(choice, flags, invocation))),
  );
}

type PurgeFlags = ChoiceFlags & { readonly yes?: boolean; readonly json?: boolean };

const withSession = (command: Command): Command => command.option('--session <id>', 'letters of this session alone');

/** Either hashes or `--all`. */
async function withChoice(
  ids: readonly string[],
  { all, session }: ChoiceFlags,
  { terminal }: Invocation,
  use: (choice: LetterChoice) => Promise<ExitStatus>,
): Promise<ExitStatus> {
  const isAll = all === true || (session !== undefined && ids.length === 0);
  if (isAll !== (ids.length === 0) || (ids.length > 0 && session !== undefined)) {
    const message = 'expected the hashes of letters, or --all or --session';
    terminal.err(
      failureText({ message, fix: 'infrafabric dlq ls lists them' }, terminal.paint('red', 'USAGE_LETTERS')),
    );
    return EXIT.usage;
  }
  return use(isAll ? { all: true, session } : { ids });
}

async function listAll(
  { terminal, environment }: Invocation,
  flags: ChoiceFlags & { json?: boolean },
): Promise<ExitStatus> {
  const { listDeadLetters, readConfig } = await import('@infrafabric/runtime');
  const list = await listDeadLetters(readConfig({ flags: {}, environment }), flags.session);
  if (flags.json === true) terminal.document(JSON.stringify(list, undefined, 2));
  else if (list.length === 0) terminal.out('no dead letter\n');
  else
    terminal.out(
      `${table([['SHA256', 'CODE', 'RECEIVES', 'TASK', 'SESSION', 'KEPT', ''], ...list.map(rowOf)], [2])}\n`,
    );
  return EXIT.complete;
}

async function showOne(
  id: string,
  { terminal, environment }: Invocation,
  flags: { readonly json?: boolean; readonly raw?: boolean },
): Promise<ExitStatus> {
  const { readConfig, showDeadLetter } = await import('@infrafabric/runtime');
  const shown = await showDeadLetter(readConfig({ flags: {}, environment }), id);
  if (flags.raw === true) terminal.document(shown.wire);
  else if (flags.json === true) terminal.document(JSON.stringify(shown, undefined, 2));
  else terminal.out(letterText(shown));
  return EXIT.complete;
}

async function purgeChosen(
  choice: LetterChoice,
  flags: PurgeFlags,
  { terminal, environment }: Invocation,
): Promise<ExitStatus> {
  if ('all' in choice && flags.yes !== true) {
    const said = { message: 'expected --yes with --all: what is purged cannot be redriven', fix: 'add --yes' };
    terminal.err(failureText(said, terminal.paint('red', 'USAGE_NEEDS_YES')));
    return EXIT.usage;
  }
  const { purgeDeadLetters, readConfig } = await import('@infrafabric/runtime');
  const purged = await purgeDeadLetters(readConfig({ flags: {}, environment }), choice);
  if (flags.json === true) terminal.document(JSON.stringify({ purged }));
  else terminal.err(`${purged.length} dead letters purged\n`);
  return EXIT.complete;
}
