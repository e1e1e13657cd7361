import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { WORKER_ROLES } from '@infrafabric/protocol';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Moto, NO_MOTO, startMoto } from '../live/moto.ts';
import { type Fleet, openFleet, type Running } from './fleet.ts';
import { type Installation, installation, undisturbedReport } from './installation.ts';

const MAIN = resolve(import.meta.dirname, '../../apps/cli/src/main.ts');

/** What makes the product use the SNS, SQS, S3 and DynamoDB of the emulator: nothing but what AWS itself would need. */
const onMoto = (url: string) => ({
  INFRAFABRIC_MODE: 'aws',
  AWS_ENDPOINT_URL: url,
  AWS_REGION: 'us-east-1',
  AWS_ACCESS_KEY_ID: 'operator',
  AWS_SECRET_ACCESS_KEY: 'operator',
});

let moto: Moto;
let at: Installation;

beforeAll(async () => {
  at = installation();
  if (NO_MOTO === '') moto = await startMoto();
});
afterAll(() => {
  moto?.stop();
  at.remove();
});

/** Runs one command in a home of its own; resolves with its exit status and what it printed. */
function run(args: readonly string[], environment: Readonly<Record<string, string>>) {
  const env = { PATH: process.env['PATH'], HOME: at.home, INFRAFABRIC_HOME: at.home, ...environment };
  return new Promise<{ status: number | null; out: string; err: string }>((resolve) => {
    const child = execFile(process.execPath, [MAIN, ...args], { env }, (_, out, err) =>
      resolve({ status: child.exitCode, out, err }),
    );
  });
}

const reportOf = (folder: string): string => readFileSync(join(folder, 'report.json'), 'utf8');

describe.skipIf(NO_MOTO !== '')(`the line on the SNS, SQS, S3 and DynamoDB of moto${NO_MOTO}`, () => {
  test('the whole demo gives the bytes of report.json that the embedded AWS gives, and they verify', async () => {
    const embedded = await run(['demo', '--out', at.out('embedded')], {});
    const aws = await run(['demo', '--out', at.out('aws')], onMoto(moto.url));
    const verified = await run(['verify', at.out('aws')], {});

    expect([embedded.status, aws.status, verified.status]).toStrictEqual([0, 0, 0]);
    expect(reportOf(at.out('aws'))).toBe(reportOf(at.out('embedded')));
  });

  // The queue hands the next message to the long poll of a killed process, as moto does and AWS may: it comes again after 30 s.
  describe('by processes of its own', { timeout: 240_000 }, () => {
    let fleet: Fleet;
    let expected: string;
    let workers: ReadonlyMap<string, Running>;
    let coordinator: Running;
    beforeAll(async () => {
      expected = await undisturbedReport();
      fleet = openFleet(at, onMoto(moto.url));
      coordinator = fleet.start('coordinator');
      workers = new Map(WORKER_ROLES.map((role) => [role, fleet.start('worker', '--role', role)]));
      await coordinator.says('coordinator is ready');
      await Promise.all([...workers.values()].map(async (worker) => worker.says('is ready')));
    });
    afterAll(async () => fleet.end());

    test('a worker killed in the middle of its work costs an attempt, not the report', async () => {
      const analysis = fleet.analyze('worker-killed');
      const rightsizing = workers.get('rightsizing');
      await rightsizing?.saysNext('"task-leased"');
      await fleet.start('worker', '--role', 'rightsizing').says('is ready');
      expect(await rightsizing?.kill('SIGKILL')).toBe('SIGKILL');

      expect(await analysis).toBe(expected);
    });

    test('a coordinator killed in the middle is replaced by another one', async () => {
      const analysis = fleet.analyze('coordinator-killed');
      await coordinator.saysNext('"plan-made"');
      await fleet.start('coordinator').says('coordinator is ready');
      expect(await coordinator.kill('SIGKILL')).toBe('SIGKILL');

      expect(await analysis).toBe(expected);
    });
  });
});
