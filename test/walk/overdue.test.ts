import { SessionId } from '@infrafabric/protocol';
import { openFabric, readConfig } from '@infrafabric/runtime';
import { expect, onTestFinished, test } from 'vitest';
import { doneIn, halfDone } from './half-killed.ts';

test('a session that was left half-way past its deadline is ended by the next command, with what was finished', async () => {
  const half = await halfDone();
  onTestFinished(half.end);
  await half.kill();
  const before = doneIn(await half.show());
  await passDeadline(half.at.home, half.id);

  const list = await half.run('sessions', 'list');
  const after = await half.show();
  const resumed = await half.run('sessions', 'resume', half.id, '--format', 'json', '--out', half.at.out('resumed'));

  expect(list.out).toMatch(new RegExp(`^${half.id} +DONE_WITH_GAPS `, 'm'));
  expect(doneIn(after)).toStrictEqual(before);
  expect(new Set(after.tasks.map(({ state, code }) => `${state} ${code}`))).toStrictEqual(
    new Set(['DONE undefined', 'FAILED DEADLINE']),
  );
  expect([resumed.status, resumed.err]).toStrictEqual([
    1,
    expect.stringContaining(`${half.id} was over already: DONE_WITH_GAPS`),
  ]);
  const { gaps } = JSON.parse(half.reportIn('resumed')) as { gaps: { code: string }[] };
  expect(gaps.filter(({ code }) => code === 'DEADLINE')).toHaveLength(after.tasks.length - before.length);
});

/** Makes the deadline of a session two minutes ago. */
async function passDeadline(home: string, id: string): Promise<void> {
  const { state, clock, close } = await openFabric(readConfig({ flags: {}, environment: { INFRAFABRIC_HOME: home } }));
  const deadline_ms = clock.nowMs() - 120_000;
  await state.changeSession(SessionId.parse(id), { expect: {}, set: { deadline_ms } });
  await close();
}
