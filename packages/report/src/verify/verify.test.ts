import { digestOf, type KeyId } from '@infrafabric/protocol';
import { aSwarm } from '@infrafabric/protocol/testing';
import { expect, test } from 'vitest';
import { PATHS } from '../folder.ts';
import {
  aReportFolder,
  aSmallSession,
  aVolumeItem,
  problemsOf,
  put,
  signAgain,
  textOf,
  verified,
} from '../testing/index.ts';

const session = aSmallSession();
const original = aReportFolder(session);
const folder = (): Map<string, Uint8Array> => new Map(original);
const DAY_MS = 86_400_000;

const WHOLE = {
  coverage: { recomputed: 137, extract: 0, not_recomputable: 0 },
  claims: 23,
  messages: 10,
  evidence: 4,
  warnings: [],
  problems: [],
};

test('a whole folder is consistent with itself, and says its root is not pinned', async () => {
  const outcome = await verified(original, session, { root: undefined });

  expect(outcome).toStrictEqual({
    ...WHOLE,
    verdict: 'CONSISTENT',
    root: { key_id: session.swarm.root.keyId, pinned: false },
  });
});

test('a whole folder is authentic under the root the reader pins', async () => {
  const outcome = await verified(original, session);

  expect(outcome).toStrictEqual({
    ...WHOLE,
    verdict: 'AUTHENTIC',
    root: { key_id: session.swarm.root.keyId, pinned: true },
  });
});

test('a folder somebody else signed is never authentic, and broken under the real root', async () => {
  const foreign = aSmallSession({ name: 'foreign' });
  const theirs = aReportFolder(foreign);
  const unpinned = await verified(theirs, foreign, { root: undefined });
  const pinned = await verified(theirs, foreign, { root: session.swarm.root.keyId });

  expect([unpinned.verdict, pinned.verdict, ...problemsOf(pinned)]).toStrictEqual([
    'CONSISTENT',
    'BROKEN',
    `TRUST_ROOT ${PATHS.trust}`,
  ]);
});

test('our folder under the trust document of somebody else is broken', async () => {
  const files = folder();
  put(files, PATHS.trust, aSwarm('foreign').trustText);
  signAgain(files, session, aSwarm('foreign').agents.coordinator.signer);

  expect(problemsOf(await verified(files, session))).toStrictEqual([`TRUST_ROOT ${PATHS.trust}`]);
  const unpinned = await verified(files, session, { root: undefined });
  expect(unpinned.verdict).toBe('BROKEN');
  expect(unpinned.root).toStrictEqual({ key_id: aSwarm('foreign').root.keyId, pinned: false });
});

test('each of 200 changed bytes breaks the report, and the file is named', async () => {
  const random = mulberry32(20_261_120);
  const small = aReportFolder(aSmallSession({ volumes: [aVolumeItem(1)], bill: [{}] }));
  const paths = [...small.keys()];
  for (let round = 0; round < 200; round += 1) {
    const path = paths[Math.floor(random() * paths.length)]!;
    const bytes = small.get(path)!.slice();
    const at = Math.floor(random() * bytes.length);
    bytes[at]! ^= 1 << Math.floor(random() * 8);
    const { verdict, problems } = await verified(new Map(small).set(path, bytes), session);

    expect({ verdict, at, where: problems[0]?.where }).toStrictEqual({ verdict: 'BROKEN', at, where: path });
  }
});

test('a file more and a file less are named', async () => {
  const files = folder();
  files.delete('report.md');
  put(files, 'proof/notes.txt', 'trust me');

  expect(problemsOf(await verified(files, session))).toStrictEqual([
    'FILE_EXTRA proof/notes.txt',
    'FILE_MISSING report.md',
  ]);
});

test.each([PATHS.trust, PATHS.manifest])('a folder without %s is broken', async (path) => {
  const files = folder();
  files.delete(path);

  expect(problemsOf(await verified(files, session))).toStrictEqual([`FILE_UNREADABLE ${path}`]);
});

test.each(['pricing', 'budget'] as const)('a manifest signed by the %s agent is not one', async (role) => {
  const files = folder();
  signAgain(files, session, session.swarm.agents[role].signer);

  expect(problemsOf(await verified(files, session))).toStrictEqual([`MANIFEST_INVALID ${PATHS.manifest}`]);
});

test('keys that expired since are a warning', async () => {
  const keysGone = await verified(original, session, { nowMs: session.swarm.nowMs + 100 * DAY_MS });
  const allGone = await verified(original, session, { nowMs: session.swarm.nowMs + 400 * DAY_MS });

  expect([keysGone.verdict, keysGone.warnings]).toStrictEqual([
    'AUTHENTIC',
    ['6 keys have expired since this report was signed'],
  ]);
  expect([allGone.verdict, allGone.warnings]).toStrictEqual([
    'AUTHENTIC',
    ['6 keys have expired since this report was signed', 'the trust document has expired since this report was signed'],
  ]);
});

test.each([
  ['ended before', (nowMs: number) => ({ not_after: nowMs - 1 })],
  ['begins after', (nowMs: number) => ({ not_before: nowMs + DAY_MS })],
  ['was revoked before', (nowMs: number) => ({ status: 'revoked' as const, revoked_at: nowMs - 1 })],
])('a coordinator key that %s the signing is no key', async (_, change) => {
  const swarm = aSwarm('report', (key, role) =>
    role === 'coordinator' ? { ...key, ...change(session.swarm.nowMs) } : key,
  );
  const files = folder();
  put(files, PATHS.trust, swarm.trustText);
  signAgain(files, session);

  expect(problemsOf(await verified(files, session))).toStrictEqual([`MANIFEST_INVALID ${PATHS.manifest}`]);
});

test('a worker key revoked before its answers makes them invalid, whoever signs the rest', async () => {
  const swarm = aSwarm('report', (key, role) =>
    role === 'budget' ? { ...key, status: 'revoked', revoked_at: session.swarm.nowMs - 1 } : key,
  );
  const files = folder();
  put(files, PATHS.trust, swarm.trustText);
  signAgain(files, session);

  const codes = (await verified(files, session)).problems.map((problem) => problem.code);
  expect(codes).toStrictEqual(['MESSAGE_INVALID', 'RESULT_UNBOUND', 'REPORT_DIFFERS']);
});

test('a manifest that names another session does not take its log or its messages', async () => {
  const other = aSmallSession({ name: 'report' });
  const files = folder();
  const text = textOf(files, PATHS.manifest).replaceAll(
    session.swarm.session,
    's-019a9e2a-4de7-70d8-8eb9-324fc1f540d0',
  );
  put(files, PATHS.manifest, text);
  signAgain(files, other);

  const outcome = await verified(files, session);
  expect(outcome.problems[0]).toStrictEqual({
    code: 'SESSION_INVALID',
    where: PATHS.session,
    message: `the session is ${session.swarm.session}, the manifest is of s-019a9e2a-4de7-70d8-8eb9-324fc1f540d0`,
  });
});

test('a file that cannot be read is named, and nothing is thrown', async () => {
  const { verify } = await import('./verify.ts');
  const root: KeyId = session.swarm.root.keyId;
  const outcome = await verify(
    {
      paths: () => Promise.resolve([...original.keys()]),
      read: (path) =>
        path === 'report.json' ? Promise.reject(new Error('EIO')) : Promise.resolve(original.get(path)!),
    },
    { root, nowMs: session.swarm.nowMs },
  );

  expect(problemsOf(outcome)).toStrictEqual([`FILE_UNREADABLE report.json`, `REPORT_HASH report.json`]);
});

test('the same session gives the same bytes', () => {
  const again = aReportFolder(aSmallSession());

  expect([...again].map(([path, bytes]) => [path, digestOf(bytes)])).toStrictEqual(
    [...original].map(([path, bytes]) => [path, digestOf(bytes)]),
  );
});

function mulberry32(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}
