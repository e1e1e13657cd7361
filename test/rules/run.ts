import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Report } from '@infrafabric/report';

/** The repository. */
export const ROOT = resolve(import.meta.dirname, '../..');

/** Runs `infrafabric analyze` to its end in a folder of its own, and gives the report it prints. */
export async function analyze(
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<Report> {
  const home = mkdtempSync(join(tmpdir(), 'infrafabric-rules-'));
  const command = [join(ROOT, 'apps/cli/src/main.ts'), 'analyze', ...args, '--json', '--out', join(home, 'out')];
  const child = spawn(process.execPath, command, {
    cwd: home,
    env: { PATH: process.env['PATH'], HOME: home, INFRAFABRIC_HOME: join(home, 'home'), ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [out, err] = ['', ''];
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString('utf8')));
  child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString('utf8')));
  await new Promise((done) => child.once('close', done));
  rmSync(home, { recursive: true, force: true });
  if (out === '') throw new Error(err);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- our own report, of its published schema
  return JSON.parse(out) as Report;
}
