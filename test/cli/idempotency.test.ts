import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { infrafabric, start, temporaryFolder } from './testing/command.ts';
import { smallEstate } from './testing/inputs.ts';

test('an analysis that was killed is finished by the same command with the same key, and after that only reported', async () => {
  const folder = temporaryFolder();
  const at = { home: join(folder, 'home'), cwd: folder };
  const estate = smallEstate(join(folder, 'estate'));
  const args = [
    'analyze',
    '--estate',
    estate,
    '--as-of',
    '2026-11-20',
    '--format',
    'json',
    '--idempotency-key',
    'nightly',
  ];
  const killed = start([...args, '--out', join(folder, 'killed')], at);
  await killed.saw('session s-');
  killed.process.kill('SIGKILL');
  await killed.ended;

  const second = await infrafabric([...args, '--out', join(folder, 'second')], at);
  const third = await infrafabric([...args, '--out', join(folder, 'third')], at);
  const other = await infrafabric([...args, '--question', 'why?'], at);
  const list = await infrafabric(['sessions', 'list', '--json'], at);

  expect([second.status, third.status]).toStrictEqual([0, 0]);
  expect(reportOf(join(folder, 'third'))).toBe(reportOf(join(folder, 'second')));
  expect([other.status, other.stdout, other.stderr]).toStrictEqual([
    2,
    '',
    expect.stringMatching(/^IDEMPOTENCY_CONFLICT: /),
  ]);
  expect(JSON.parse(list.stdout)).toMatchObject([{ state: 'DONE' }]);
});

const reportOf = (folder: string): string => readFileSync(join(folder, 'report.json'), 'utf8');
