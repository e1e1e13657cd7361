import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { halfDone, MISSING } from './half-killed.ts';

test('a store that comes back without its data is said to be lost by all who had something in it, and nothing is done', async () => {
  const half = await halfDone();
  onTestFinished(half.end);
  const watched = half.fleet.start('sessions', 'watch', half.id);
  await watched.says('queue ');
  const owner = half.fleet.ownerPid();
  for (const file of ['aws.db', 'aws.db-wal', 'aws.db-shm']) rmSync(join(half.at.home, file), { force: true });
  process.kill(owner, 'SIGKILL');

  for (const process of [watched, half.analysis, half.coordinator]) {
    expect(await process.says('STATE_LOST: the database')).toContain('is not there any more');
    expect(await process.ended).toBe(6);
  }
  await half.fleet.start('worker', '--role', MISSING).says('is ready');
  for (const command of [['sessions', 'show'], ['sessions', 'resume'], ['sessions', 'cancel'], ['report'], ['watch']]) {
    const answer = await half.run(...command, half.id);
    expect([command.join(' '), answer.status, answer.out, answer.err]).toStrictEqual([
      command.join(' '),
      6,
      '',
      expect.stringMatching(/^STATE_LOST: /),
    ]);
  }
  expect((await half.run('sessions', 'list')).err).toContain('no session yet');
});
