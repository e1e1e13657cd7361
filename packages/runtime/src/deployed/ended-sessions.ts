import { PutObjectCommand } from '@aws-sdk/client-s3';
import { PublishCommand } from '@aws-sdk/client-sns';
import { AgentError } from '@infrafabric/agents';
import { canonicalJson, type SessionId, type SessionRecord } from '@infrafabric/protocol';
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import type { Fabric } from '../fabric.ts';
import { writeReport } from '../report-directory.ts';
import { FORMATS } from '../session-request.ts';
import { readObject, reportKey } from './saved-reports.ts';

/** What is left to do for a session that is over. */
export interface EndedSessions {
  /**
   * Keeps the report directory in the bucket and tells the completion topic, once for each session as far as anybody remembers.
   *
   * @throws AgentError `OUT_OF_TIME` when the invocation ends; the next message about the session does the rest.
   */
  readonly settle: (session: SessionRecord, stop: AbortSignal) => Promise<void>;
}

/** Objects written side by side. */
const WIDTH = 16;

/** Sessions a container remembers as settled. */
const MAX_REMEMBERED = 1_000;

/** The last object that is written of a session, and so the sign that nothing is left to do. */
const LAST = 'ended.json';

/** Opens what follows the end of sessions. */
export function openEndedSessions(fabric: Fabric): EndedSessions {
  const settled = new Set<SessionId>();
  return {
    async settle(session, stop) {
      const { session_id } = session;
      if (settled.has(session_id)) return;
      if (!(await isThere(session_id, fabric))) await settleNow(session, stop, fabric);
      if (settled.size >= MAX_REMEMBERED) settled.clear();
      settled.add(session_id);
    },
  };
}

async function isThere(id: SessionId, { clients, addresses, config }: Fabric): Promise<boolean> {
  return (await readObject(clients.s3, addresses.bucketName, reportKey(config.tenant, id, LAST))) !== undefined;
}

async function settleNow(session: SessionRecord, stop: AbortSignal, fabric: Fabric): Promise<void> {
  const { session_id, state, report_sha256 = null } = session;
  if (report_sha256 !== null && session.save_report !== false) await keepReport(session, stop, fabric);
  const text = canonicalJson({ session_id, state, report_sha256 });
  const TopicArn = fabric.config.completionTopicArn;
  if (TopicArn !== '') await fabric.clients.sns.send(new PublishCommand({ TopicArn, Message: text }));
  await put(session_id, LAST, text, fabric);
}

/** Writes the directory where it is verified, copies it to the bucket and removes it. */
async function keepReport(session: SessionRecord, stop: AbortSignal, fabric: Fabric): Promise<void> {
  if (stop.aborted) throw outOfTime(session);
  const { out } = await writeReport(fabric, session, { formats: FORMATS });
  try {
    const paths = filesIn(out);
    for (let at = 0; at < paths.length; at += WIDTH) {
      if (stop.aborted) throw outOfTime(session);
      const some = paths.slice(at, at + WIDTH);
      await Promise.all(
        some.map(async (path) =>
          put(session.session_id, relative(out, path).split(sep).join('/'), readFileSync(path), fabric),
        ),
      );
    }
  } finally {
    rmSync(out, { recursive: true, force: true });
  }
}

async function put(id: SessionId, path: string, Body: string | Uint8Array, fabric: Fabric): Promise<void> {
  const Key = reportKey(fabric.config.tenant, id, path);
  await fabric.clients.s3.send(new PutObjectCommand({ Bucket: fabric.addresses.bucketName, Key, Body }));
}

function filesIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

function outOfTime({ session_id }: SessionRecord): AgentError {
  return new AgentError('OUT_OF_TIME', {
    message: 'this invocation has no time left to keep the report',
    where: session_id,
    retryAfterMs: 1_000,
  });
}
