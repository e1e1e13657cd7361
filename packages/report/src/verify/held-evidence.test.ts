import { expect, test } from 'vitest';
import { folderOf, PATHS } from '../folder.ts';
import { aReportFolder, aSmallSession, verified } from '../testing/index.ts';
import { partsOf } from '../testing/signed-folder.ts';
import { verify } from './verify.ts';

const session = aSmallSession();
const whole = aReportFolder(session);
const isEvidence = (path: string): boolean => path.startsWith(PATHS.evidence);

test('evidence of which only the length is known is listed as it would be with its bytes', async () => {
  const { evidence } = partsOf(session);
  const lengths = new Map([...evidence].map(([hex, { length }]) => [hex, { length }]));
  const files = aReportFolder(session, { evidence: lengths });
  expect([...files.keys()].filter(isEvidence)).toStrictEqual([]);

  const copied = new Map([...files, ...[...whole].filter(([path]) => isEvidence(path))]);
  expect((await verified(copied, session)).verdict).toBe('AUTHENTIC');
});

test('evidence that changes after it was hashed is not believed when it is read to recompute', async () => {
  const folder = folderOf(whole);
  const seen = new Set<string>();
  const read = async (path: string): Promise<Uint8Array> => {
    const bytes = await folder.read(path);
    if (!isEvidence(path) || !seen.has(path)) {
      seen.add(path);
      return bytes;
    }
    return new TextEncoder().encode(new TextDecoder().decode(bytes).replace('gp2', 'gp3'));
  };
  const { swarm } = session;
  const outcome = await verify({ ...folder, read }, { root: swarm.root.keyId, nowMs: swarm.nowMs });

  expect(outcome.verdict).toBe('BROKEN');
  expect(outcome.problems.some(({ message }) => message.includes('changed while it was verified'))).toBe(true);
});
