import {
  canonicalBytes,
  canonicalJson,
  digestOf,
  logText,
  nextEntry,
  parseLog,
  PAYLOAD_TYPE,
  sha256Hex,
  signDocument,
} from '@infrafabric/protocol';
import { expect, test } from 'vitest';
import { PATHS } from '../folder.ts';
import { Report } from '../model.ts';
import { ProofPlan } from '../proof-plan.ts';
import {
  aReportFolder,
  aSmallSession,
  payloadOf,
  problemsOf,
  put,
  signAgain,
  textOf,
  verified,
} from '../testing/index.ts';

/* Forgeries by someone who holds the coordinator's key: the manifest is signed again after each change. */

const session = aSmallSession();
const original = aReportFolder(session);

async function forged(change: (files: Map<string, Uint8Array>) => void): Promise<string[]> {
  const files = new Map(original);
  change(files);
  signAgain(files, session);
  return problemsOf(await verified(files, session));
}

/** Signs session.json for another report.json. */
function renameReport(files: Map<string, Uint8Array>): void {
  const document = payloadOf(files, PATHS.session);
  const report_sha256 = digestOf(files.get(PATHS.report)!);
  const { signer } = session.swarm.agents.coordinator;
  put(files, PATHS.session, signDocument(PAYLOAD_TYPE.session, { ...document, report_sha256 }, signer));
}

const reportOf = (files: ReadonlyMap<string, Uint8Array>): Report =>
  Report.parse(JSON.parse(textOf(files, PATHS.report)));
const planIn = (files: ReadonlyMap<string, Uint8Array>): ProofPlan =>
  ProofPlan.parse(JSON.parse(textOf(files, PATHS.plan)));
const logIn = (files: ReadonlyMap<string, Uint8Array>): ReturnType<typeof parseLog> =>
  parseLog(textOf(files, PATHS.log));

test('a report that session.json does not name', async () => {
  const problems = await forged((files) =>
    put(files, PATHS.report, textOf(files, PATHS.report).replace('"net_confident":"9.44"', '"net_confident":"9.45"')),
  );

  expect(problems).toStrictEqual(['REPORT_HASH report.json']);
});

test('a report that does not follow from the results, though session.json names it', async () => {
  const problems = await forged((files) => {
    put(files, PATHS.report, textOf(files, PATHS.report).replace('"net_confident":"9.44"', '"net_confident":"9.45"'));
    renameReport(files);
  });

  expect(problems).toStrictEqual([
    'REPORT_DIFFERS report.json',
    'RENDERING_DIFFERS report.html',
    'RENDERING_DIFFERS report.md',
  ]);
});

test('a report that has not the published shape', async () => {
  const problems = await forged((files) => {
    const { coverage: _, ...report } = reportOf(files);
    put(files, PATHS.report, canonicalJson(report));
    renameReport(files);
  });

  expect(problems).toStrictEqual(['REPORT_SHAPE report.json']);
});

test.each(['report.html', 'report.md', 'findings.csv'])('a rendering of its own in %s', async (path) => {
  const problems = await forged((files) =>
    put(files, path, textOf(files, path).replace('9.44', '99.44').replace('7.61', '77.61')),
  );

  expect(problems).toStrictEqual([`RENDERING_DIFFERS ${path}`]);
});

test('two results that change places', async () => {
  const problems = await forged((files) => {
    const plan = planIn(files);
    const [a, b] = ['pricing/ebs/us-east-1/0', 'rightsizing/ebs/us-east-1/0'].map((id) =>
      plan.ends.find((end) => end.task_id === id)!,
    );
    [a!.answer_sha256, b!.answer_sha256] = [b!.answer_sha256, a!.answer_sha256];
    files.set(PATHS.plan, canonicalBytes(plan));
  });

  expect(problems.slice(0, 2)).toStrictEqual([
    'RESULT_UNBOUND pricing/ebs/us-east-1/0',
    'RESULT_UNBOUND rightsizing/ebs/us-east-1/0',
  ]);
});

test('a task planned otherwise than it was asked for', async () => {
  const problems = await forged((files) => {
    const plan = planIn(files);
    plan.tasks[3]!.context['as_of'] = '2020-01-01';
    files.set(PATHS.plan, canonicalBytes(plan));
  });

  expect(problems[0]).toBe('RESULT_UNBOUND pricing/ebs/us-east-1/0');
});

test('a task left out of the plan', async () => {
  const problems = await forged((files) => {
    const plan = planIn(files);
    const task_id = 'rightsizing/ebs/us-east-1/0';
    files.set(
      PATHS.plan,
      canonicalBytes({
        ...plan,
        tasks: plan.tasks.filter((one) => one.task_id !== task_id),
        ends: plan.ends.filter((one) => one.task_id !== task_id),
      }),
    );
  });

  expect(problems).toStrictEqual(['REPORT_DIFFERS report.json']);
});

test('inputs other than the ones the request names', async () => {
  const problems = await forged((files) => {
    const plan = planIn(files);
    files.set(PATHS.plan, canonicalBytes({ ...plan, manifest: { ...plan.manifest, failed: [], unused: [] } }));
  });

  expect(problems).toStrictEqual([`PLAN_INVALID ${PATHS.plan}`]);
});

test('a result with other bytes under the name of its answer', async () => {
  const path = [...original.keys()].find((one) => one.startsWith(PATHS.results))!;
  const problems = await forged((files) => put(files, path, '{}'));

  expect(problems[0]).toBe(`FILE_MISNAMED ${path}`);
  expect(problems[1]).toMatch(/^RESULT_UNBOUND /);
});

test('a message taken away', async () => {
  const { wire_sha256 } = logIn(original).at(-1)!;
  const path = `${PATHS.messages}${wire_sha256.slice(7)}.json`;
  const problems = await forged((files) => files.delete(path));

  expect(problems.slice(0, 2)).toStrictEqual([`MESSAGE_INVALID ${path}`, 'RESULT_UNBOUND rightsizing/ebs/us-east-1/0']);
});

test('a message the log does not know', async () => {
  const wire = '{"performative":"inform"}';
  const path = `${PATHS.messages}${sha256Hex(wire)}.json`;

  expect(await forged((files) => put(files, path, wire))).toStrictEqual([`MESSAGE_INVALID ${path}`]);
});

test('a log that was cut short', async () => {
  const problems = await forged((files) => put(files, PATHS.log, logText(logIn(files).slice(0, -1))));

  expect(problems[0]).toBe(`LOG_BROKEN ${PATHS.log} entry 9`);
});

test('a log in another order', async () => {
  const problems = await forged((files) => put(files, PATHS.log, logText(logIn(files).toReversed())));

  expect(problems).toStrictEqual([`LOG_BROKEN ${PATHS.log} entry 0`]);
});

test('a log chained anew without one message', async () => {
  const problems = await forged((files) => {
    const entries: ReturnType<typeof parseLog> = [];
    for (const entry of logIn(files).slice(1)) entries.push(nextEntry(entries.at(-1), entry));
    put(files, PATHS.log, logText(entries));
  });

  expect(problems[0]).toBe(`LOG_BROKEN ${PATHS.log} entry 9`);
});

test('a log with other times', async () => {
  const problems = await forged((files) => {
    const entries: ReturnType<typeof parseLog> = [];
    for (const entry of logIn(files))
      entries.push(nextEntry(entries.at(-1), { ...entry, logged_at: entry.logged_at + 1 }));
    put(files, PATHS.log, logText(entries));
  });

  expect(problems).toStrictEqual([`LOG_UNANCHORED ${PATHS.log}`]);
});

test('a folder without its checkpoint', async () => {
  expect(await forged((files) => files.delete(PATHS.checkpoint))).toStrictEqual([`LOG_UNANCHORED ${PATHS.checkpoint}`]);
});

test('evidence of other bytes under its old name', async () => {
  const path = `${PATHS.evidence}${session.manifest.files[0]!.evidence.slice(-64)}`;
  const problems = await forged((files) => put(files, path, textOf(files, path).replace('"Size":100', '"Size":900')));

  expect(problems[0]).toBe(`FILE_MISNAMED ${path}`);
  expect(new Set(problems.slice(1).map((one) => one.split(' ')[0]))).toStrictEqual(new Set(['EVIDENCE_MISSING']));
});

test('evidence taken away, and every claim that stands on it', async () => {
  const volumes = session.manifest.files[0]!.evidence;
  const problems = await forged((files) => files.delete(`${PATHS.evidence}${volumes.slice(-64)}`));

  const claims = reportOf(original).claims.filter((claim) => canonicalJson(claim).includes(volumes));
  expect(new Set(problems.map((one) => one.split(/ |\/(?:figures|citations)/)[1]))).toStrictEqual(
    new Set(claims.map((claim) => claim.id)),
  );
});

test('a result without any shape', async () => {
  const problems = await forged((files) => {
    const path = [...files.keys()].find((one) => one.startsWith(PATHS.results))!;
    files.delete(path);
    put(files, `${PATHS.results}${sha256Hex('[]')}.json`, '[]');
  });

  expect(problems.map((one) => one.split(' ')[0])).toStrictEqual(['RESULT_UNBOUND', 'REPORT_DIFFERS']);
});
