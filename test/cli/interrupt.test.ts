import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { infrafabric, ROOT, start, startNode, temporaryFolder, TEST_DATA } from './testing/command.ts';
import { smallEstate } from './testing/inputs.ts';

const ESTATE = join(TEST_DATA, 'estates/recorded');
const hasEstate = existsSync(ESTATE);
const reason = hasEstate ? '' : ` (skipped: no test data in ${TEST_DATA})`;

interface Shown {
  session: { state: string; abandoned: boolean };
  tasks: { task_id: string; state: string; attempt: number; fence: number }[];
}

test.skipIf(!hasEstate).each(['SIGINT', 'SIGTERM'] as const)(
  `%s cancels the session, writes nothing and exits 7${reason}`,
  async (signal) => {
    const folder = temporaryFolder();
    const home = join(folder, 'home');
    const running = start(['analyze', '--estate', ESTATE, '--out', join(folder, 'out'), '--verbose'], {
      home,
      cwd: folder,
    });
    await running.saw('\ndone ');
    running.process.kill(signal);
    const ended = await running.ended;

    const id = /session (s-[0-9a-f-]+)/.exec(ended.stderr)?.[1] ?? '';
    expect(ended.stderr).toContain('cancelling the session; once more ends at once');
    expect(ended.stderr).toContain(`fix:   infrafabric sessions show ${id}`);
    expect(ended.stderr).not.toMatch(/^\s+at /m);
    expect({ status: ended.status, stdout: ended.stdout }).toStrictEqual({ status: 7, stdout: '' });
    expect(readdirSync(folder)).toStrictEqual(['home']);
    const shown = await show(id, home);
    expect(shown.session.state).toBe('CANCELLED');
    expect(shown.tasks.filter((task) => !['DONE', 'FAILED', 'CANCELLED'].includes(task.state))).toStrictEqual([]);
  },
);

test('a second Ctrl-C ends at once', async () => {
  const stopSignal = join(ROOT, 'apps/cli/src/stop-signal.ts');
  const script = `
    import { untilStopped } from ${JSON.stringify(stopSignal)};
    untilStopped({ err: (text) => process.stderr.write(text) }, 'stopping');
    setInterval(() => {}, 1000);
    process.stderr.write('ready');`;
  const running = startNode(['--input-type=module', '-e', script], { home: temporaryFolder() });
  await running.saw('ready');
  running.process.kill('SIGINT');
  await running.saw('stopping; once more ends at once');
  running.process.kill('SIGINT');

  expect((await running.ended).status).toBe(7);
});

test('Ctrl-C cancels a session that no coordinator has taken up', async () => {
  const folder = temporaryFolder();
  const estate = smallEstate(join(folder, 'estate'));
  const running = start(['analyze', '--estate', estate, '--external'], { home: join(folder, 'home'), cwd: folder });
  await running.saw('session s-');
  running.process.kill('SIGINT');

  const ended = await running.ended;
  expect(ended.stderr).toMatch(/^CANCELLED: the session was cancelled/m);
  expect(ended.status).toBe(7);
});

test.skipIf(!hasEstate)(
  `a killed analysis is resumed to the same report and runs no finished task again${reason}`,
  async () => {
    const folder = temporaryFolder();
    const home = join(folder, 'home');
    const args = ['analyze', '--estate', ESTATE, '--as-of', '2026-11-20'];
    const killed = start([...args, '--verbose', '--out', join(folder, 'killed')], { home, cwd: folder });
    await killed.saw('\nanalysis: ');
    killed.process.kill('SIGKILL');
    const { stderr } = await killed.ended;
    const id = /session (s-[0-9a-f-]+)/.exec(stderr)?.[1] ?? '';

    const list = await infrafabric(['sessions', 'list'], { home });
    expect(list.stdout).toMatch(new RegExp(`^${id} +RUNNING .*unfinished, its process is gone`, 'm'));
    const before = await show(id, home);
    expect(before.session).toMatchObject({ state: 'RUNNING', abandoned: true });
    const resumed = await infrafabric(['sessions', 'resume', id, '--out', join(folder, 'resumed')], { home });
    expect(resumed.status).toBe(0);
    const after = await show(id, home);
    const undisturbed = await infrafabric([...args, '--out', join(folder, 'undisturbed')], { home });

    expect(undisturbed.status).toBe(0);
    expect(reportOf(join(folder, 'resumed'))).toBe(reportOf(join(folder, 'undisturbed')));
    expect(existsSync(join(folder, 'killed'))).toBe(false);
    const finished = before.tasks.filter((task) => task.state === 'DONE');
    expect(finished.length).toBeGreaterThan(0);
    expect(finished.length).toBeLessThan(after.tasks.length);
    expect(after.tasks.filter((task) => finished.some((one) => one.task_id === task.task_id))).toStrictEqual(finished);
    expect(after.tasks.every((task) => task.state === 'DONE')).toBe(true);
  },
);

test.skipIf(!hasEstate)(`cancelling a session whose process was killed ends it${reason}`, async () => {
  const folder = temporaryFolder();
  const home = join(folder, 'home');
  const killed = start(['analyze', '--estate', ESTATE, '--verbose'], { home, cwd: folder });
  await killed.saw('\ndone ');
  killed.process.kill('SIGKILL');
  const id = /session (s-[0-9a-f-]+)/.exec((await killed.ended).stderr)?.[1] ?? '';

  const watched = await infrafabric(['sessions', 'watch', id], { home });
  expect({ status: watched.status, code: watched.stderr.match(/^[A-Z_]+(?=: )/m)?.[0] }).toStrictEqual({
    status: 6,
    code: 'SESSION_ABANDONED',
  });
  const cancelled = await infrafabric(['sessions', 'cancel', id], { home });
  expect({ status: cancelled.status, stderr: cancelled.stderr }).toStrictEqual({
    status: 0,
    stderr: `${id} is cancelled\n`,
  });
  const shown = await show(id, home);
  expect(shown.session.state).toBe('CANCELLED');
  expect(shown.tasks.filter((task) => !['DONE', 'FAILED', 'CANCELLED'].includes(task.state))).toStrictEqual([]);
  const again = await infrafabric(['sessions', 'cancel', id], { home });
  expect({ status: again.status, stderr: again.stderr }).toStrictEqual({
    status: 0,
    stderr: `SESSION_TERMINAL: ${id} is over already: CANCELLED\n`,
  });
});

async function show(id: string, home: string): Promise<Shown> {
  const { stdout } = await infrafabric(['sessions', 'show', id, '--json'], { home });
  return JSON.parse(stdout) as Shown;
}

const reportOf = (folder: string): string => readFileSync(join(folder, 'report.json'), 'utf8');
