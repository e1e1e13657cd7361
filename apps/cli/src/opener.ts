import { spawn } from 'node:child_process';
import { resolve } from 'node:path';

/** The program of each platform that opens a file with whatever the person chose for it. */
const OPENERS: Partial<Record<NodeJS.Platform, readonly string[]>> = {
  darwin: ['open'],
  win32: ['rundll32', 'url.dll,FileProtocolHandler'],
};

/** Opens a file with the program of this machine. @throws RuntimeError `OPENER_FAILED` when there is no file or no program. */
export async function openFile(path: string | undefined, folder: string): Promise<void> {
  const { RuntimeError } = await import('@infrafabric/runtime');
  if (path === undefined) {
    throw new RuntimeError('OPENER_FAILED', {
      message: 'the report has no report.html',
      where: folder,
      fix: 'write it again with --format html',
    });
  }
  const file = resolve(path);
  const [program = 'xdg-open', ...args] = OPENERS[process.platform] ?? ['xdg-open'];
  try {
    await started(program, [...args, file]);
  } catch (cause) {
    throw new RuntimeError('OPENER_FAILED', {
      message: `${program} could not be started`,
      where: file,
      fix: 'open the file in a browser',
      cause,
    });
  }
}

/** Starts a program that outlives this one; its words stay off our streams. */
function started(program: string, args: readonly string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { detached: true, stdio: 'ignore' });
    child.once('error', reject);
    child.once('spawn', () => {
      child.unref();
      resolve();
    });
  });
}
