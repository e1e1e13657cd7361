import { GetObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import type { SessionId } from '@infrafabric/protocol';
import type { Report } from '@infrafabric/report';
import { RuntimeError } from '../errors.ts';
import type { Fabric } from '../fabric.ts';
import type { ReportFile } from '../host/report-file.ts';
import type { ReportFolders } from '../host/report-folders.ts';
import { lineOf } from '../session-line.ts';
import { findSession } from '../sessions.ts';

/** Where the report directory of a session is in the bucket. */
export const reportKey = (tenant: string, id: SessionId, path: string): string => `t/${tenant}/report/${id}/${path}`;

/** A path as our reports have them: no dot in front of a name, so neither `..` nor what the coordinator keeps for itself. */
const PATH = /^(?:[A-Za-z0-9_-][A-Za-z0-9._-]{0,200}\/){0,4}[A-Za-z0-9_-][A-Za-z0-9._-]{0,200}$/;

/** The reports that the coordinator of a deployment kept in the bucket. */
export function savedReports(fabric: Fabric): Pick<ReportFolders, 'file' | 'read'> {
  return {
    async file(id, path) {
      const { session_id } = await reported(id, fabric);
      return PATH.test(path) ? fileOf(await bytesOf(session_id, path, fabric)) : undefined;
    },
    async read(id) {
      const found = id === undefined ? await newest(fabric) : await reported(id, fabric);
      if (found === undefined) return undefined;
      const bytes = await bytesOf(found.session_id, 'report.json', fabric);
      if (bytes === undefined) throw notKept(found.session_id);
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- only the coordinator writes here, after it verified the report
      const report = JSON.parse(new TextDecoder().decode(bytes)) as Report;
      return { session: lineOf(found), report };
    },
  };
}

async function reported(id: string, fabric: Fabric) {
  const session = await findSession(fabric, id);
  if (session.report_sha256 !== undefined) return session;
  throw notKept(session.session_id);
}

async function newest({ state }: Fabric) {
  return (await state.sessions()).find(({ report_sha256 }) => report_sha256 !== undefined);
}

function notKept(where: SessionId): RuntimeError {
  return new RuntimeError('SESSION_NOT_REPORTED', {
    message: 'the bucket has no report of this session',
    where,
    fix: 'wait for the session to end, or start it with save_report',
  });
}

async function bytesOf(id: SessionId, path: string, fabric: Fabric): Promise<Uint8Array | undefined> {
  const { clients, addresses, config } = fabric;
  return readObject(clients.s3, addresses.bucketName, reportKey(config.tenant, id, path));
}

/** An object, or `undefined` when there is none. */
export async function readObject(s3: S3Client, Bucket: string, Key: string): Promise<Uint8Array | undefined> {
  try {
    const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key }));
    return (await Body?.transformToByteArray()) ?? new Uint8Array();
  } catch (error) {
    if (error instanceof Error && error.name === 'NoSuchKey') return undefined;
    throw error;
  }
}

function fileOf(bytes: Uint8Array | undefined): ReportFile | undefined {
  if (bytes === undefined) return undefined;
  return { bytes: bytes.length, stream: () => new Blob([new Uint8Array(bytes)]).stream() };
}
