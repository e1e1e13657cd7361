import { isInfraFabricError } from '@infrafabric/protocol';
import { EXIT, type ExitStatus, exitStatusOf } from './exit-status.ts';
import { plain, type Terminal } from './terminal.ts';

/** Says what went wrong in one place: what, where, and what to do; never a stack trace unless it is our bug and asked for. */
export function printFailure(error: unknown, terminal: Terminal, debug: boolean): ExitStatus {
  if (isInfraFabricError(error)) {
    terminal.err(`${terminal.paint('red', error.code)}: ${plain(error.message)}\n`);
    if (error.where !== undefined) terminal.err(`  where: ${plain(error.where)}\n`);
    if (error.fix !== undefined) terminal.err(`  fix:   ${plain(error.fix)}\n`);
    return exitStatusOf(error.kind);
  }
  const known = environmentFailure(error);
  if (known !== undefined) {
    terminal.err(`${terminal.paint('red', known.code)}: ${known.message}\n`);
    return EXIT.environment;
  }
  terminal.err(
    `${terminal.paint('red', 'UNEXPECTED')}: ${plain(error instanceof Error ? error.message : String(error))}\n`,
  );
  terminal.err('  This is a bug in InfraFabric. Run again with INFRAFABRIC_DEBUG=1 for the stack trace.\n');
  if (debug && error instanceof Error) terminal.err(`${error.stack ?? ''}\n`);
  return EXIT.bug;
}

function environmentFailure(error: unknown): { code: string; message: string } | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined;
  if (error.code === 'ENOSPC')
    return { code: 'DISK_FULL', message: 'the disk is full; nothing half-written was left behind' };
  if (error.code === 'EROFS' || error.code === 'EACCES')
    return { code: 'STATE_DIR_READONLY', message: plain(error.message) };
  return undefined;
}
