import { type ChildProcess, spawn, spawnSync } from 'node:child_process';

/** An AWS emulator on loopback, running until `stop`. */
export interface Moto {
  readonly url: string;
  readonly stop: () => void;
}

const PYTHON = process.env['INFRAFABRIC_MOTO_PYTHON'] ?? 'python3';

/** Why tests against moto are skipped, or an empty text when it is installed (`pip install 'moto[server]'`). */
export const NO_MOTO =
  spawnSync(PYTHON, ['-c', 'import moto.server, flask'], { stdio: 'ignore' }).status === 0
    ? ''
    : ' (skipped: no moto; INFRAFABRIC_MOTO_PYTHON names a Python that has it)';

/** Starts moto on a free port of 127.0.0.1. */
export async function startMoto(): Promise<Moto> {
  const server = spawn(PYTHON, ['-m', 'moto.server', '-H', '127.0.0.1', '-p', '0'], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  return { url: await urlOf(server), stop: () => server.kill('SIGKILL') };
}

/** Flask says where it listens. */
function urlOf(server: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = '';
    server.stderr?.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      const url = /Running on (http:\/\/127\.0\.0\.1:[0-9]+)/.exec(said)?.[1];
      if (url !== undefined) resolve(url);
      if (said.length > 100_000) said = '';
    });
    server.once('exit', () => reject(new Error(`moto ended: ${said}`)));
  });
}
