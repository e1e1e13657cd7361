import { ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkHistory, type HistoryEntry, type HistoryKey } from '@infrafabric/history-checker';
import { evidenceId, type SessionRecord, type TaskRecord } from '@infrafabric/protocol';
import type { Fabric } from '@infrafabric/runtime';
import { keysUnder } from '../walk/installation.ts';
import { broken, type Problem } from './scenario.ts';

/** The most often a task may be leased. */
const MAX_ATTEMPTS = 8;

type Entry = HistoryEntry extends infer One ? (One extends HistoryEntry ? Omit<One, 'at_ms'> : never) : never;

/** What is left of an installation, as a history of its end for the checker; `outs` are its report directories. */
export async function judgeLeft(fabric: Fabric, outs: readonly string[]): Promise<Problem[]> {
  const at_ms = fabric.clock.nowMs();
  const entries = [world(fabric), ...(await left(fabric)), ...outs.flatMap(reportIn), { kind: 'end' as const }];
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- each entry is one of the union without its time
  const history = entries.map((entry) => ({ ...entry, at_ms })) as HistoryEntry[];
  return checkHistory(history).map(({ invariant, message }) => broken(`${invariant}: ${message}`));
}

function world({ keys }: Fabric): Entry {
  const { payload }: { payload: { keys: HistoryKey[] } } = JSON.parse(keys.trustText);
  return {
    kind: 'world',
    format: 1,
    scope: 'final',
    name: 'fire',
    keys: payload.keys,
    signatures: 'ed25519',
    max_attempts: MAX_ATTEMPTS,
    max_skew_ms: 0,
    grace_ms: 60_000,
    within_limits: true,
    markers: ['"forged":true'],
    secrets: [],
  };
}

async function left(fabric: Fabric): Promise<Entry[]> {
  const sessions = await fabric.state.sessions();
  const ofSessions = await Promise.all(sessions.map(async (session) => sessionEntries(session, fabric)));
  return [...ofSessions.flat(), ...(await evidence(fabric)), ...(await queues(fabric)), ...(await quarantine(fabric))];
}

async function sessionEntries(session: SessionRecord, fabric: Fabric): Promise<Entry[]> {
  const tasks: TaskRecord[] = await fabric.state.tasks(session.session_id);
  const blobs = fabric.blobsOf(session.session_id);
  const prefix = `t/${fabric.config.tenant}/s/${session.session_id}/blob/`;
  const kept = (await namesUnder(fabric, prefix)).map(async (hex): Promise<Entry> => {
    const bytes = await blobs.get(evidenceId(hex));
    const text = new TextDecoder().decode(bytes);
    return { kind: 'blob', by: 'store', session: session.session_id, id: evidenceId(hex), text };
  });
  const sha256 = session.report_sha256;
  const made = sha256 === undefined ? [] : [reportEntry(session.session_id, await reportText(session, fabric), sha256)];
  return [
    { kind: 'item', table: 'session', item: session },
    ...tasks.map((item): Entry => ({ kind: 'item', table: 'task', item })),
    ...(await Promise.all(kept)),
    ...made,
  ];
}

async function reportText({ session_id, report_sha256 = '' }: SessionRecord, fabric: Fabric): Promise<string> {
  const bytes = await fabric.blobsOf(session_id).get(evidenceId(report_sha256.slice('sha256:'.length)));
  return new TextDecoder().decode(bytes);
}

const reportEntry = (session: string, text: string, sha256: string): Entry => ({
  kind: 'report',
  by: 'coordinator',
  session,
  format: 'report.json',
  sha256,
  text,
});

async function evidence(fabric: Fabric): Promise<Entry[]> {
  const names = await namesUnder(fabric, `t/${fabric.config.tenant}/evidence/sha256/`);
  return Promise.all(
    names.map(async (hex): Promise<Entry> => {
      const bytes = await fabric.evidence.get(evidenceId(hex));
      return { kind: 'blob', by: 'store', id: evidenceId(hex), base64: Buffer.from(bytes).toString('base64') };
    }),
  );
}

async function namesUnder({ clients, addresses }: Fabric, prefix: string): Promise<string[]> {
  const keys = await keysUnder(clients.s3, addresses.bucketName, prefix);
  return keys.map((key) => key.slice(prefix.length));
}

async function queues({ clients: { sqs }, addresses }: Fabric): Promise<Entry[]> {
  const read = async (QueueUrl: string | undefined, dead: boolean): Promise<Entry[]> => {
    const asked = new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, VisibilityTimeout: 0 });
    const { Messages = [] } = await sqs.send(asked);
    return Messages.map(({ Body = '' }) => ({ kind: 'left', queue: QueueUrl ?? '', dead, body: Body }));
  };
  const found = await Promise.all([
    ...Object.values(addresses.queueUrls).map((url) => read(url, false)),
    ...Object.values(addresses.deadLetterUrls).map((url) => read(url, true)),
  ]);
  return found.flat();
}

async function quarantine({ quarantine: box }: Fabric): Promise<Entry[]> {
  const kept = await box.list();
  return Promise.all(
    kept.map(async ({ sha256, code }): Promise<Entry> => {
      const bytes = await box.read(sha256);
      return { kind: 'quarantine', by: 'store', body: new TextDecoder().decode(bytes), code };
    }),
  );
}

/** The log of the report in a directory, where there is one. */
function reportIn(folder: string): Entry[] {
  const proof = join(folder, 'proof');
  if (!existsSync(join(proof, 'log.ndjson'))) return [];
  const { payload }: { payload: { session_id: string } } = JSON.parse(
    readFileSync(join(folder, 'session.json'), 'utf8'),
  );
  const text = readFileSync(join(proof, 'log.ndjson'), 'utf8');
  const checkpoints = [readFileSync(join(proof, 'checkpoint.txt'), 'utf8')];
  return [{ kind: 'log', session: payload.session_id, text, checkpoints }];
}
