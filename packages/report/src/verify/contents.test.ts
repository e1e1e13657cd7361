import { digestOf, evidenceId, sha256Hex } from '@infrafabric/protocol';
import { expect, test } from 'vitest';
import { PATHS } from '../folder.ts';
import { aReportFolder, aSmallSession, problemsOf, put, signAgain, textOf, verified } from '../testing/index.ts';

/* A session whose first judging task reads 1,500 pieces of evidence: its order goes by reference. */

const small = aSmallSession();
const evidence = Array.from({ length: 1_500 }, (_, n) => evidenceId(sha256Hex(String(n))));
const session = {
  ...small,
  tasks: small.tasks.map(({ spec, end }) =>
    spec.task_id === 'pricing/ebs/us-east-1/0' ? { spec: { ...spec, evidence }, end } : { spec, end },
  ),
};
const original = aReportFolder(session);
const PATH = [...original.keys()].find((path) => path.startsWith(PATHS.contents)) ?? '';

async function forged(change: (files: Map<string, Uint8Array>) => void): Promise<string[]> {
  const files = new Map(original);
  change(files);
  signAgain(files, session);
  return problemsOf(await verified(files, session));
}

const WIRE = [...original]
  .filter(([path]) => path.startsWith(PATHS.messages))
  .find(([, bytes]) => new TextDecoder().decode(bytes).includes('"content_ref":'))?.[0];

test('content that went beside its message travels in the proof under its hash', async () => {
  const outcome = await verified(original, session);

  expect([outcome.verdict, outcome.messages, outcome.problems]).toStrictEqual(['AUTHENTIC', 10, []]);
  expect(`${PATHS.contents}${digestOf(original.get(PATH)!).slice(7)}.json`).toBe(PATH);
  expect(JSON.parse(textOf(original, PATH)).evidence).toStrictEqual(evidence);
});

test('content taken away, and the result it was asked for with', async () => {
  const problems = await forged((files) => files.delete(PATH));

  expect(problems[0]).toBe(`MESSAGE_INVALID ${WIRE}`);
  expect(problems).toContain('RESULT_UNBOUND pricing/ebs/us-east-1/0');
});

test('content of other bytes under its old name', async () => {
  const problems = await forged((files) => put(files, PATH, textOf(files, PATH).replace('"ebs"', '"ec2"')));

  expect(problems.slice(0, 2)).toStrictEqual([`FILE_MISNAMED ${PATH}`, `MESSAGE_INVALID ${WIRE}`]);
});

test('content that no message refers to', async () => {
  const path = `${PATHS.contents}${sha256Hex('{}')}.json`;

  expect(await forged((files) => put(files, path, '{}'))).toStrictEqual([`MESSAGE_INVALID ${path}`]);
});
