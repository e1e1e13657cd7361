import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import {
  admit,
  dsseEnvelope,
  type DsseEnvelope,
  type LogEntry,
  MESSAGE_LIMITS,
  parseLog,
  readMessage,
  sha256Hex,
} from '@infrafabric/protocol';
import { PATHS, ReportError } from '@infrafabric/report';
import { chosenHash } from './chosen-hash.ts';

const LISTED = { code: 'MESSAGE_UNKNOWN', what: 'message', fix: 'infrafabric messages ls lists them' } as const;

/** A message of a report as its log has it; `verify` says whether it may be believed. */
export interface ListedMessage {
  readonly sha256: string;
  /** ISO 8601. */
  readonly logged_at: string;
  readonly direction: LogEntry['direction'];
  readonly performative: string;
  readonly sender: string;
  readonly receiver: string;
  readonly task_id?: string;
}

/** The messages of a report directory in the order of its log. @throws ReportError `REPORT_NOT_FOUND`; ProtocolError for what is none. */
export function listMessages(dir: string): ListedMessage[] {
  return logOf(dir).map(({ wire_sha256, logged_at, direction }) => {
    const { sha256, wire } = wireOf(dir, hexOf(wire_sha256));
    const message = readMessage(admit(wire));
    const { performative, sender, receiver } = message;
    const common = { sha256, logged_at: new Date(logged_at).toISOString(), direction, performative, sender, receiver };
    return 'task' in message ? { ...common, task_id: message.task.task_id } : common;
  });
}

/**
 * One message of a report directory by its hash or the first digits of it: its wire, and the same as a DSSE envelope.
 *
 * @throws RuntimeError `MESSAGE_UNKNOWN`; as `listMessages`.
 */
export function messageOf(dir: string, typed: string): { readonly wire: string; readonly envelope: DsseEnvelope } {
  const hashes = logOf(dir).map(({ wire_sha256 }) => hexOf(wire_sha256));
  const { wire } = wireOf(dir, chosenHash(typed, hashes, LISTED));
  return { wire, envelope: dsseEnvelope(wire) };
}

/** Larger than the log of any session we write. */
const MAX_LOG_BYTES = 256 * 1024 * 1024;

function logOf(dir: string): LogEntry[] {
  return parseLog(textOf(dir, PATHS.log, MAX_LOG_BYTES));
}

function wireOf(dir: string, hex: string): { readonly sha256: string; readonly wire: string } {
  const path = `${PATHS.messages}${hex}.json`;
  const wire = textOf(dir, path, MESSAGE_LIMITS.bytes);
  const sha256 = sha256Hex(wire);
  if (sha256 === hex) return { sha256, wire };
  throw new ReportError('REPORT_SHAPE', {
    message: 'expected the message that the log names, got other bytes',
    where: join(dir, path),
    fix: 'infrafabric verify says what changed',
  });
}

function textOf(dir: string, path: string, most: number): string {
  const file = join(dir, path);
  const stats = statSync(file, { throwIfNoEntry: false });
  if (stats?.isFile() === true && stats.size <= most) return readFileSync(file, 'utf8');
  throw new ReportError('REPORT_NOT_FOUND', {
    message: `expected a report directory, got one without ${path}`,
    where: dir,
    fix: 'name the folder that --out named',
  });
}

const hexOf = (digest: string): string => digest.slice('sha256:'.length);
