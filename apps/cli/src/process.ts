import { EXIT } from './exit-status.ts';
import { run } from './program.ts';
import { openTerminal } from './terminal.ts';

/** Runs the command line of this process and answers its exit status. */
export async function main(): Promise<number> {
  const terminal = openTerminal(process.env, process);
  const invocation = { terminal, environment: process.env };
  const onBug = async (error: unknown): Promise<void> => {
    const { printFailure } = await import('./failure.ts');
    printFailure(error, invocation);
    process.exit(EXIT.bug);
  };
  process.on('uncaughtException', (error) => void onBug(error));
  process.on('unhandledRejection', (error) => void onBug(error));
  return run(process.argv.slice(2), invocation);
}
