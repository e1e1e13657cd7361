import { type InfraFabricError, isInfraFabricError } from '@infrafabric/protocol';
import { EXIT, type ExitStatus, exitStatusOf } from './exit-status.ts';
import type { Invocation } from './invocation.ts';
import { oneLine } from './table.ts';

/**
 * Says what went wrong in one place: what, where, and what to do. Answers the exit status.
 *
 * A stack trace is printed only for a bug of ours, and only with INFRAFABRIC_DEBUG.
 */
export function printFailure(error: unknown, { terminal, environment }: Invocation): ExitStatus {
  const known = isInfraFabricError(error) ? error : environmentFailure(error);
  if (known !== undefined) {
    terminal.err(failureText(known, terminal.paint('red', known.code)));
    return isInfraFabricError(error) ? exitStatusOf(error.kind) : EXIT.environment;
  }
  const message = oneLine(error instanceof Error ? error.message : String(error));
  terminal.err(failureText({ message }, terminal.paint('red', 'UNEXPECTED')));
  terminal.err('  This is a bug in InfraFabric. Run again with INFRAFABRIC_DEBUG=1 for the stack trace.\n');
  if ((environment['INFRAFABRIC_DEBUG'] ?? '') !== '' && error instanceof Error) terminal.err(`${error.stack ?? ''}\n`);
  return EXIT.bug;
}

type Told = Pick<InfraFabricError, 'message'> & Partial<Pick<InfraFabricError, 'where' | 'fix'>>;

/** Code and message, then where and fix on lines of their own. */
export function failureText({ message, where, fix }: Told, code: string): string {
  const lines = [`${code}: ${oneLine(message)}`];
  if (where !== undefined) lines.push(`  where: ${oneLine(where)}`);
  if (fix !== undefined) lines.push(`  fix:   ${oneLine(fix)}`);
  return `${lines.join('\n')}\n`;
}

const FROM_SYSTEM: Readonly<Record<string, { readonly code: string; readonly fix: string }>> = {
  ENOSPC: { code: 'DISK_FULL', fix: 'free some space and run again' },
  EDQUOT: { code: 'DISK_FULL', fix: 'free some space and run again' },
  EROFS: { code: 'STATE_DIR_READONLY', fix: 'set INFRAFABRIC_HOME to a folder you can write' },
  EACCES: { code: 'STATE_DIR_READONLY', fix: 'set INFRAFABRIC_HOME to a folder you can write' },
  EADDRINUSE: { code: 'PORT_IN_USE', fix: 'end the process that has the port' },
};

/** An error of the operating system that a person can do something about. */
function environmentFailure(error: unknown): (Told & { readonly code: string }) | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined;
  const known = FROM_SYSTEM[String(error.code)];
  return known === undefined ? undefined : { ...known, message: error.message };
}
