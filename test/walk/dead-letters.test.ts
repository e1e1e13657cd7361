import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { NO_REDIS, type RedisServer, startRedis } from '@infrafabric/collect/testing';
import { type DeadLetter, WORKER_ROLES } from '@infrafabric/protocol';
import { type Fabric, openFabric, readConfig } from '@infrafabric/runtime';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runCommand } from './command-run.ts';
import { openFleet } from './fleet.ts';
import { type Installation, installation, onlySession, report, undisturbedReport } from './installation.ts';

const POISON = `--import=${pathToFileURL(join(import.meta.dirname, 'poison-worker.ts')).href}`;
/** Sixteen processes are started one after another. */
const LONG_MS = 300_000;

const TASK = 'pricing/commitments/global/0';

let expected: string;
let redis: RedisServer | undefined;
beforeAll(async () => {
  expected = await undisturbedReport();
  if (NO_REDIS === '') redis = await startRedis();
});
afterAll(async () => redis?.stop());

interface Ended {
  readonly at: Installation;
  readonly environment: Readonly<Record<string, string>>;
  /** A redrive while the session ran. */
  readonly early: { readonly status: number | null; readonly err: string };
  readonly gaps: object[];
  readonly deaths: number;
}

/** Runs an analysis whose pricing worker is killed by one task each time, and started again each time. */
async function runPoisoned(mode: Readonly<Record<string, string>>): Promise<Ended> {
  const at = installation();
  const environment = { ...mode, INFRAFABRIC_HOME: at.home };
  const config = readConfig({ flags: {}, environment });
  const fleet = openFleet(at, mode);
  await fleet.start('coordinator').says('coordinator is ready');
  const fabric = await openFabric(config);
  const poisoned = openFleet(at, { ...mode, NODE_OPTIONS: POISON });
  try {
    const workers = WORKER_ROLES.filter((role) => role !== 'pricing').map((role) => fabric.startWorker(role, silent));
    const analysis = report({ ...at, config }, 'poisoned', true);
    let deaths = 0;
    let early: Ended['early'] | undefined;
    for (;;) {
      const died = await Promise.race([poisoned.start('worker', '--role', 'pricing').ended, analysis]);
      if (died !== 'SIGKILL') break;
      deaths += 1;
      early ??= await redriveOfRunning(fabric, at, environment);
    }
    const { gaps } = JSON.parse(await analysis) as { gaps: object[] };
    await Promise.all(workers.map(async (worker) => worker.close()));
    return { at, environment, early: early ?? { status: null, err: '' }, gaps, deaths };
  } finally {
    await poisoned.end();
    await fabric.close();
    await fleet.end();
  }
}

/** Asks for a redrive of a session that is not over, by a letter of it; the letter is purged again. */
async function redriveOfRunning(fabric: Fabric, at: Installation, environment: Ended['environment']) {
  const sha256 = 'a'.repeat(64);
  const session_id = await onlySession(fabric);
  const why = { code: 'A_TEST', detail: '', receives: 1, at_ms: Date.now() };
  await fabric.deadLetters.keep({ sha256, role: 'pricing', session_id, act: 'request', ...why }, '{}');
  const refused = await runCommand(at, ['dlq', 'redrive', 'aaaaaaaa'], environment);
  await fabric.deadLetters.purge(sha256);
  return refused;
}

const silent = { event: () => undefined };

const modes = [
  ['embedded', () => ({})],
  ['redis', () => ({ INFRAFABRIC_MODE: 'redis', INFRAFABRIC_REDIS_URL: redis?.url ?? '' })],
] as const;

describe.each(modes)('mode %s', (name, mode) => {
  const why = name === 'redis' ? NO_REDIS : '';
  test.skipIf(why !== '')(
    `a task that kills its worker each time ends as a named gap, is listed, and is redriven from the command line${why}`,
    async () => {
      const { at, environment, early, gaps, deaths } = await runPoisoned(mode());
      const dlq = async (...args: readonly string[]) => runCommand(at, ['dlq', ...args], environment);

      expect(deaths).toBe(8);
      expect(gaps).toMatchObject([{ code: 'ATTEMPTS', what: TASK }]);
      expect([early.status, early.err]).toStrictEqual([2, expect.stringContaining('SESSION_RUNNING')]);

      const listed: DeadLetter[] = JSON.parse((await dlq('ls', '--json')).out);
      expect(listed).toMatchObject([{ task_id: TASK, code: 'ATTEMPTS', receives: 8, role: 'pricing' }]);
      const shown = await dlq('show', listed[0]!.sha256.slice(0, 8));
      expect(shown.out).toContain(`task ${TASK}, dispatch ${listed[0]!.dispatch}: FAILED ATTEMPTS given up after 8`);

      const redriven = await dlq('redrive', '--all', '--format', 'json', '--out', at.out('redriven'));
      expect([redriven.status, readFileSync(join(at.out('redriven'), 'report.json'), 'utf8')]).toStrictEqual([
        0,
        expected,
      ]);
      const again = await dlq('redrive', '--all', '--json');
      expect([again.status, JSON.parse(again.out)]).toStrictEqual([0, []]);
      const after: DeadLetter[] = JSON.parse((await dlq('ls', '--json')).out);
      expect(after.map(({ redriven_as }) => redriven_as)).toStrictEqual([expect.stringMatching(/^s-/)]);
      at.remove();
    },
    LONG_MS,
  );
});
