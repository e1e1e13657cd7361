import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Report } from '@infrafabric/report';
import { startMoto } from '../../live/moto.ts';
import { startReplayProxy } from '../../live/replay-proxy.ts';
import { analyze, ROOT } from '../run.ts';
import { fillContainers } from './containers.ts';
import { fillDatabases } from './databases.ts';
import { fillMachines } from './machines.ts';
import type { At } from './metrics.ts';
import { fillNetwork } from './network.ts';
import { fillPlatform } from './platform.ts';

/** Days after the account was made on which it is judged: past the grace periods with metrics, and past all of them. */
const DAYS_LATER = [8, 100];

/** Makes accounts on the emulator through the AWS API, one a field of work, reads them with `collect`, and judges them. */
export async function motoReports(): Promise<Report[]> {
  const reports = [];
  for (const fill of [fillMachines, fillNetwork, fillDatabases, fillContainers, fillPlatform]) {
    reports.push(...(await reportsOf(fill)));
  }
  return reports;
}

async function reportsOf(fill: (at: At) => Promise<void>): Promise<Report[]> {
  const moto = await startMoto();
  const folder = mkdtempSync(join(tmpdir(), 'infrafabric-account-'));
  try {
    const credentials = { accessKeyId: 'filler', secretAccessKey: 'filler' };
    await fill({ endpoint: moto.url, region: 'us-east-1', credentials });
    // The emulator fails a request that asks for a percentile; the proxy asks for the peak instead.
    const proxy = await startReplayProxy(moto.url);
    await collect(proxy.url, join(folder, 'dump'), folder).finally(proxy.stop);
    const reports = [];
    for (const days of DAYS_LATER) {
      const asOf = new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
      reports.push(await analyze(['--estate', join(folder, 'dump'), '--as-of', asOf]));
    }
    return reports;
  } finally {
    moto.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A collection of an emulator has gaps, so its status is 1. */
async function collect(endpoint: string, out: string, home: string): Promise<void> {
  const args = ['collect', '--regions', 'us-east-1', '--days', '14', '--out', out];
  const child = spawn(process.execPath, [join(ROOT, 'apps/cli/src/main.ts'), ...args], {
    cwd: home,
    env: {
      PATH: process.env['PATH'],
      HOME: home,
      INFRAFABRIC_HOME: join(home, 'home'),
      AWS_ENDPOINT_URL: endpoint,
      AWS_ACCESS_KEY_ID: 'reader',
      AWS_SECRET_ACCESS_KEY: 'reader',
    },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let err = '';
  child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString('utf8')));
  await new Promise((done) => child.once('close', done));
  if (child.exitCode !== 0 && child.exitCode !== 1) throw new Error(err);
}
