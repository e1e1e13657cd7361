import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { bundleContainer, openPump, openTestDeployment } from '@infrafabric/lambda/testing';
import type { SessionId } from '@infrafabric/protocol';
import { LAMBDA_FUNCTIONS } from '@infrafabric/runtime/lambda-functions';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { allEnded, deadLetters, keptReport, quarantinedCodes, reportOfCli, stateOf } from './deployment.ts';

const BUILD = resolve(import.meta.dirname, '../../apps/lambda/build/main.ts');
const MIB = 1_048_576;

let dist: string;
let expected: string;
beforeAll(async () => {
  dist = mkdtempSync(join(tmpdir(), 'infrafabric-bundles-'));
  await promisify(execFile)(process.execPath, [BUILD, dist]);
  expected = await reportOfCli();
}, 400_000);
afterAll(() => rmSync(dist, { recursive: true, force: true }));

/** Bytes of the code of a function: what Lambda unpacks, without the sample that `start` carries as data. */
function codeBytes(name: string): number {
  const files = readdirSync(join(dist, name), { recursive: true, encoding: 'utf8' });
  return files
    .filter((path) => path.endsWith('.mjs'))
    .reduce((sum, path) => sum + statSync(join(dist, name, path)).size, 0);
}

test('there is a bundle of at most 5 MiB for every function', () => {
  const sizes = LAMBDA_FUNCTIONS.map(({ name }) => [name, codeBytes(name)] as const);

  expect(sizes.filter(([, bytes]) => bytes === 0 || bytes > 5 * MIB)).toStrictEqual([]);
});

test('a zip refuses a Parquet bill by its code, and only objects of our inputs are read at all', async () => {
  const deployment = await openTestDeployment();
  const pump = openPump(deployment, { start: bundleContainer(dist, () => undefined) });
  const { s3 } = deployment.clients;
  const Bucket = deployment.addresses.bucketName;
  await s3.send(
    new PutObjectCommand({ Bucket, Key: 't/local/inputs/bill.parquet', Body: `PAR1${'x'.repeat(64)}PAR1` }),
  );
  try {
    const start = async (bill: string) => pump.invoke('start', { bills: [bill] });
    await expect(start(`s3://${Bucket}/t/local/inputs/bill.parquet`)).rejects.toThrow(/^DUCKDB_MISSING: /);
    await expect(start(`s3://${Bucket}/t/other/inputs/bill.parquet`)).rejects.toThrow(/^INPUT_PATH_FORBIDDEN: /);
    await expect(pump.invoke('api', { version: '1.0' })).rejects.toThrow(/^EVENT_INVALID: /);
  } finally {
    await pump.close();
    await deployment.close();
  }
});

test(
  'containers killed in the middle of a task and of a pass cost an attempt, not the report',
  { timeout: 300_000 },
  async () => {
    const deployment = await openTestDeployment();
    const killed: string[] = [];
    const killOnce = (name: 'rightsizing' | 'coordinator', line: string, sign: RegExp): void => {
      if (killed.includes(name) || !sign.test(line)) return;
      killed.push(name);
      void pump.kill(name);
    };
    const start = bundleContainer(dist, (name, line) => {
      if (name === 'rightsizing') killOnce(name, line, /task-leased/);
      if (name === 'coordinator') killOnce(name, line, /plan-made.*analysis/);
    });
    const pump = openPump(deployment, { start, environment: { LOG_LEVEL: 'info' } });
    try {
      const { session_id } = (await pump.invoke('start', { inputs: 'demo' })) as { session_id: SessionId };
      await pump.run(async () => allEnded(deployment));

      expect(killed.toSorted()).toStrictEqual(['coordinator', 'rightsizing']);
      expect(
        pump.invocations
          .filter(({ error }) => error !== undefined)
          .map(({ name }) => name)
          .toSorted(),
      ).toStrictEqual(['coordinator', 'rightsizing']);
      const kept = await keptReport(deployment, { session_id });
      expect([kept.verdict, kept.problems, kept.reportJson === expected]).toStrictEqual(['AUTHENTIC', [], true]);
      const tasks = await stateOf(deployment).tasks(session_id);
      expect(tasks.filter(({ attempt }) => attempt > 1).map(({ role }) => role)).toContain('rightsizing');
      expect([await quarantinedCodes(deployment), await deadLetters(deployment)]).toStrictEqual([[], {}]);
    } finally {
      await pump.close();
      await deployment.close();
    }
  },
);
