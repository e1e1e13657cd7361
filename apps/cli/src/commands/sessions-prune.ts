import { type Command, InvalidArgumentError } from 'commander';
import { withExamples } from '../examples.ts';
import { EXIT, type ExitStatus } from '../exit-status.ts';
import { withJson } from '../flags.ts';
import type { Act, Invocation } from '../invocation.ts';
import { table } from '../table.ts';

interface PruneFlags {
  readonly olderThan: number;
  readonly dryRun?: boolean;
  readonly json?: boolean;
}

/** `sessions prune`: frees what old sessions take on this machine. */
export function addPrune(sessions: Command, invocation: Invocation, act: Act): void {
  const prune = sessions
    .command('prune')
    .description('Delete the state and work of sessions that ended long ago; reports and evidence stay')
    .requiredOption('--older-than <days>', 'sessions that ended more than so many days ago', days)
    .option('--dry-run', 'say which, and delete nothing');
  withExamples(
    withJson(prune),
    'infrafabric sessions prune --older-than 90 --dry-run',
    'infrafabric sessions prune --older-than 90',
  );
  prune.action((flags: PruneFlags) => act(() => pruneOld(flags, invocation)));
}

async function pruneOld(flags: PruneFlags, { terminal, environment }: Invocation): Promise<ExitStatus> {
  const { pruneSessions, readConfig } = await import('@infrafabric/runtime');
  const dryRun = flags.dryRun === true;
  const pruned = await pruneSessions(readConfig({ flags: {}, environment }), {
    olderThanDays: flags.olderThan,
    dryRun,
  });
  const rows = pruned.map(({ session_id, state, ended_at }) => [session_id, state, ended_at]);
  if (flags.json === true) terminal.document(JSON.stringify(pruned, undefined, 2));
  else if (pruned.length === 0) terminal.err('no session ended so long ago\n');
  else terminal.out(`${table([[dryRun ? 'WOULD GO' : 'DELETED', 'STATE', 'ENDED'], ...rows])}\n`);
  return EXIT.complete;
}

function days(text: string): number {
  if (/^[0-9]{1,5}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('expected a whole number of days');
}
