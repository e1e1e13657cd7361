import { ScanCommand } from '@aws-sdk/client-dynamodb';
import { openFabric, readConfig } from '@infrafabric/runtime';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeAll, expect, test } from 'vitest';
import { runCommand } from './command-run.ts';
import { installation } from './installation.ts';
import { asked, doneIn, type HalfDone, halfDone, MISSING } from './half-killed.ts';

const OUT = ['--format', 'json', '--out'] as const;

/** What a person can do from the command line about a session whose processes were killed half-way, in one mode. */
export function testHalfKilled(environmentOf: () => Readonly<Record<string, string>>): void {
  let half: HalfDone;
  let expected: string;
  beforeAll(async () => {
    const at = installation();
    await runCommand(at, ['analyze', ...asked(at), '--out', at.out('undisturbed')], {});
    expected = readFileSync(join(at.out('undisturbed'), 'report.json'), 'utf8');
    at.remove();
  });
  afterEach(async () => half.end());

  test('it is shown as what it is, resumed to the same bytes without running a finished task again, and over then', async () => {
    half = await halfDone(environmentOf());
    expect((await half.show()).session).toMatchObject({ state: 'RUNNING', abandoned: false, holder: 'alive' });
    await half.kill();

    const list = await half.run('sessions', 'list');
    const before = await half.show();
    expect(list.out).toMatch(new RegExp(`^${half.id} +RUNNING .*its process is gone: sessions resume or cancel$`, 'm'));
    expect(before.session).toMatchObject({ state: 'RUNNING', abandoned: true, holder: 'gone' });
    const resumed = await half.run('sessions', 'resume', half.id, ...OUT, half.at.out('resumed'));
    expect([resumed.status, resumed.err]).toStrictEqual([0, expect.not.stringContaining('another process')]);
    expect(half.reportIn('resumed')).toBe(expected);
    const after = await half.show();
    expect(doneIn(before).length).toBeGreaterThan(1);
    expect(after.tasks.filter(({ task_id }) => doneIn(before).some((task) => task.task_id === task_id))).toStrictEqual(
      doneIn(before),
    );
    const again = await half.run('sessions', 'resume', half.id, ...OUT, half.at.out('again'));
    const cancelled = await half.run('sessions', 'cancel', half.id);
    expect([again.status, again.err]).toStrictEqual([0, expect.stringContaining(`${half.id} was over already: DONE`)]);
    expect(half.reportIn('again')).toBe(half.reportIn('resumed'));
    expect(cancelled).toMatchObject({ status: 0, err: `SESSION_TERMINAL: ${half.id} is over already: DONE\n` });
  });

  test('it is cancelled at once, and after that no worker that is left writes anything', async () => {
    half = await halfDone(environmentOf());
    await half.coordinator.kill('SIGKILL');

    expect(await half.run('sessions', 'cancel', half.id)).toMatchObject({
      status: 0,
      err: `${half.id} is cancelled\n`,
    });
    const atEnd = await half.show();
    const table = await written(half);
    expect(atEnd.session).toMatchObject({ state: 'CANCELLED', abandoned: false, holder: null });
    expect(new Set(atEnd.tasks.map(({ state }) => state))).toStrictEqual(new Set(['DONE', 'CANCELLED']));
    const late = half.fleet.start('worker', '--role', MISSING);
    await late.says('is ready');
    half.fleet.start('coordinator');
    const resumed = await half.run('sessions', 'resume', half.id, ...OUT, half.at.out('resumed'));

    expect([resumed.status, resumed.err]).toStrictEqual([7, expect.stringContaining('was over already: CANCELLED')]);
    expect(await half.run('sessions', 'cancel', half.id)).toMatchObject({ status: 0 });
    expect(await written(half)).toStrictEqual(table);
  });

  test('a holder that hangs is not asked: it is cancelled without it, and it writes nothing when it goes on', async () => {
    half = await halfDone(environmentOf());
    process.kill(half.coordinator.pid, 'SIGSTOP');
    const cancelled = await half.run('sessions', 'cancel', half.id);
    const table = await written(half);
    process.kill(half.coordinator.pid, 'SIGCONT');

    expect(cancelled).toMatchObject({ status: 0, err: `${half.id} is cancelled\n` });
    expect(await half.analysis.ended).toBe(7);
    expect(await half.coordinator.kill('SIGINT')).toBe(0);
    expect(await written(half)).toStrictEqual(table);
  });

  test('resumed while its coordinator lives, it is helped along and waited for', async () => {
    half = await halfDone(environmentOf());
    const resumed = await half.run('sessions', 'resume', half.id, ...OUT, half.at.out('resumed'));

    expect([resumed.status, resumed.err]).toStrictEqual([
      0,
      expect.stringContaining('another process of this machine runs it and lives'),
    ]);
    expect(half.reportIn('resumed')).toBe(expected);
  });

  test('resumed twice at once, it is run once and both get the same bytes', async () => {
    half = await halfDone(environmentOf());
    const before = await half.show();
    await half.kill();
    const both = await Promise.all(
      [1, 2].map(async () => half.run('sessions', 'resume', half.id, ...OUT, half.at.out('both'))),
    );
    const after = await half.show();

    expect(both.map(({ status }) => status)).toStrictEqual([0, 0]);
    expect(half.reportIn('both')).toBe(expected);
    expect(after.tasks.filter(({ task_id }) => doneIn(before).some((task) => task.task_id === task_id))).toStrictEqual(
      doneIn(before),
    );
  });
}

/** The session and its tasks as the table has them: no marks of messages that were seen. */
async function written({ at, id }: HalfDone): Promise<unknown> {
  const fabric = await openFabric(readConfig({ flags: {}, environment: { INFRAFABRIC_HOME: at.home } }));
  try {
    const { Items = [] } = await fabric.clients.dynamodb.send(
      new ScanCommand({ TableName: fabric.addresses.tableName }),
    );
    return Items.filter(({ pk, sk }) => pk?.S?.endsWith(id) === true && sk?.S?.startsWith('seen#') !== true);
  } finally {
    await fabric.close();
  }
}
