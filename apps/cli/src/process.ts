import { run } from './program.ts';
import { openTerminal } from './terminal.ts';

/** Runs the command line of this process and answers its exit status. */
export async function main(): Promise<number> {
  const terminal = openTerminal(process.env, process);
  const invocation = { terminal, environment: process.env };
  const onBug = async (error: unknown): Promise<void> => {
    const { printFailure } = await import('./failure.ts');
    process.exit(printFailure(error, invocation));
  };
  process.removeAllListeners('warning');
  process.on('warning', ({ name, message }) => {
    // node:sqlite is called experimental by Node 22; what we use of it is stable in Node 24.
    if (name !== 'ExperimentalWarning') terminal.err(`${name}: ${message}\n`);
  });
  process.on('uncaughtException', (error) => void onBug(error));
  process.on('unhandledRejection', (error) => void onBug(error));
  return run(process.argv.slice(2), invocation);
}
