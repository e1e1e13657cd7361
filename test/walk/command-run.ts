import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Installation } from './installation.ts';

const MAIN = resolve(import.meta.dirname, '../../apps/cli/src/main.ts');

/** What makes the product use the services of an emulator: nothing but what AWS itself would need. */
export const onAws = (url: string): Record<string, string> => ({
  INFRAFABRIC_MODE: 'aws',
  AWS_ENDPOINT_URL: url,
  AWS_REGION: 'us-east-1',
  AWS_ACCESS_KEY_ID: 'operator',
  AWS_SECRET_ACCESS_KEY: 'operator',
});

/** Runs one command of an installation; resolves with its exit status and what it printed. */
export function runCommand(
  at: Installation,
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
): Promise<{ readonly status: number | null; readonly out: string; readonly err: string }> {
  const env = { PATH: process.env['PATH'], HOME: at.home, INFRAFABRIC_HOME: at.home, ...environment };
  return new Promise((resolve) => {
    const child = execFile(process.execPath, [MAIN, ...args], { env }, (_, out, err) =>
      resolve({ status: child.exitCode, out, err }),
    );
  });
}

/** The bytes of report.json in a report directory. */
export const reportOf = (folder: string): string => readFileSync(join(folder, 'report.json'), 'utf8');
