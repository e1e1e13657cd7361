import {
  canonicalBytes,
  checkpointSizes,
  type Digest,
  digestOf,
  evidenceId,
  type LogEntry,
  logRoot,
  logText,
  nextEntry,
  PAYLOAD_TYPE,
  prefixRoots,
  signCheckpoint,
  signDocument,
  type Signer,
} from '@infrafabric/protocol';
import { PATHS, type ReportFiles } from './folder.ts';
import type { Report } from './model.ts';
import type { Narrative } from './narrative/model.ts';
import type { ProofPlan } from './proof-plan.ts';
import { RENDERERS } from './renderers/catalogue.ts';
import type { ManifestDocument, SessionDocument } from './session-document.ts';

/** A message that crossed the bus, and when. */
export interface LoggedMessage {
  readonly wire: string;
  readonly direction: LogEntry['direction'];
  /** True for the message that ends the session. */
  readonly isClose?: boolean;
  /** Its content, where that travelled beside it. */
  readonly content?: Uint8Array | undefined;
  readonly atMs: number;
}

/** Everything a report directory is built from. */
export interface ReportParts {
  /** What `reportBytes` say, as it was read from them: the renderings are made of it. */
  readonly report: Report;
  readonly reportBytes: Uint8Array;
  readonly session: SessionDocument;
  /** What a model wrote about this report; absent without one. */
  readonly narrative?: Narrative | undefined;
  readonly plan: ProofPlan;
  readonly trustText: string;
  readonly messages: readonly LoggedMessage[];
  /** Result bytes by sha256 hex. */
  readonly results: ReadonlyMap<string, Uint8Array>;
  /** Evidence by sha256 hex: its bytes, or how many they are where the caller puts it into the folder itself. */
  readonly evidence: ReadonlyMap<string, Uint8Array | EvidenceLength>;
  /** Renderings wanted besides report.json: `html`, `md`, `csv`. */
  readonly formats: readonly string[];
  readonly signer: Signer;
  readonly nowMs: number;
  /** Evidence above this many bytes stays where it is and is named in `left_out`; `MAX_EVIDENCE_BYTES` unless given. */
  readonly maxEvidenceBytes?: number;
}

/** Evidence that is in the folder already, or is going to be. */
export interface EvidenceLength {
  readonly length: number;
}

/** Evidence above this many bytes does not travel in a report. */
export const MAX_EVIDENCE_BYTES = 64 * 1024 * 1024;

/** Builds every file of a report directory, the signed manifest last; evidence of which only the length is known is listed and not among them. */
export function buildReport(given: ReportParts): ReportFiles {
  const parts = withoutLargeEvidence(given);
  const files = new Map<string, Uint8Array>();
  files.set(PATHS.report, parts.reportBytes);
  files.set(PATHS.session, utf8(signDocument(PAYLOAD_TYPE.session, parts.session, parts.signer)));
  if (parts.narrative !== undefined) files.set(PATHS.narrative, canonicalBytes(parts.narrative));
  for (const renderer of RENDERERS.filter((one) => parts.formats.includes(one.format))) {
    files.set(renderer.path, utf8(renderer.render(parts.report, parts.narrative)));
  }
  addProof(files, parts);
  files.set(PATHS.manifest, utf8(signDocument(PAYLOAD_TYPE.manifest, manifestOf(files, parts), parts.signer)));
  return files;
}

/** Names the log of a session in its checkpoint (C2SP signed note origin). */
export const logOrigin = (sessionId: string): string => `infrafabric/session/${sessionId}`;

function addProof(files: Map<string, Uint8Array>, parts: ReportParts): void {
  files.set(PATHS.trust, utf8(parts.trustText));
  files.set(PATHS.plan, canonicalBytes(parts.plan));
  const entries = logOf(parts.messages);
  files.set(PATHS.log, utf8(logText(entries)));
  addCheckpoints(files, entries, parts);
  for (const { wire, content } of parts.messages) {
    files.set(`${PATHS.messages}${hexOf(digestOf(wire))}.json`, utf8(wire));
    if (content !== undefined) files.set(`${PATHS.contents}${hexOf(digestOf(content))}.json`, content);
  }
  for (const [hex, bytes] of parts.results) files.set(`${PATHS.results}${hex}.json`, bytes);
  for (const [hex, bytes] of parts.evidence) {
    if (bytes instanceof Uint8Array) files.set(`${PATHS.evidence}${hex}`, bytes);
  }
}

/** Signs the log after every 100 entries, and at its end. */
function addCheckpoints(files: Map<string, Uint8Array>, entries: readonly LogEntry[], parts: ReportParts): void {
  const origin = logOrigin(parts.session.session_id);
  const sign = (size: number, root: Uint8Array): Uint8Array =>
    utf8(signCheckpoint({ origin, size, root }, parts.signer));
  files.set(PATHS.checkpoint, sign(entries.length, logRoot(entries)));
  for (const [size, root] of prefixRoots(entries, checkpointSizes(entries.length))) {
    files.set(`${PATHS.checkpoints}${size}.txt`, sign(size, root));
  }
}

/** What is too large to travel is cited by its hash all the same; `verify` asks the reader for it. */
function withoutLargeEvidence(parts: ReportParts): ReportParts {
  const most = parts.maxEvidenceBytes ?? MAX_EVIDENCE_BYTES;
  const large = [...parts.evidence].filter(([, bytes]) => bytes.length > most).map(([hex]) => hex);
  const left_out = [...new Set([...parts.session.left_out, ...large.map(evidenceId)])].sort();
  return {
    ...parts,
    session: { ...parts.session, left_out },
    evidence: new Map([...parts.evidence].filter(([hex]) => !left_out.includes(evidenceId(hex)))),
  };
}

/** In the order of their times, the close last; of one millisecond, what was sent comes before what was received. */
function logOf(messages: readonly LoggedMessage[]): LogEntry[] {
  const ordered = messages
    .map((message) => ({ ...message, digest: digestOf(message.wire) }))
    .sort(
      (a, b) =>
        Number(a.isClose === true) - Number(b.isClose === true) ||
        a.atMs - b.atMs ||
        compare(b.direction, a.direction) ||
        compare(a.digest, b.digest),
    );
  const entries: LogEntry[] = [];
  for (const { direction, atMs, digest } of ordered) {
    const logged_at = Math.max(atMs, entries.at(-1)?.logged_at ?? 0);
    entries.push(nextEntry(entries.at(-1), { logged_at, direction, wire_sha256: digest }));
  }
  return entries;
}

function manifestOf(files: ReportFiles, { session, evidence, nowMs }: ReportParts): ManifestDocument {
  const elsewhere = [...evidence].filter(([, bytes]) => !(bytes instanceof Uint8Array));
  const listed = elsewhere.map(([hex, { length }]) => ({
    path: `${PATHS.evidence}${hex}`,
    bytes: length,
    sha256: `sha256:${hex}` as const,
  }));
  return {
    format: 'infrafabric.manifest/1',
    session_id: session.session_id,
    signed_at_ms: nowMs,
    files: [...files]
      .map(([path, bytes]) => ({ path, bytes: bytes.length, sha256: hashInName(path) ?? digestOf(bytes) }))
      .concat(listed)
      .sort((a, b) => (a.path < b.path ? -1 : 1)),
  };
}

/** The hash that names the files of these folders: they were read by it, and verified before the report is written. */
function hashInName(path: string): Digest | undefined {
  const folder = [PATHS.results, PATHS.evidence].find((one) => path.startsWith(one));
  return folder === undefined ? undefined : `sha256:${path.slice(folder.length, folder.length + 64)}`;
}

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const compare = (a: string, b: string): number => Number(a > b) - Number(a < b);
const hexOf = (digest: string): string => digest.slice('sha256:'.length);
