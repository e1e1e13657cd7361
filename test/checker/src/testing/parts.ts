import { createHash } from 'node:crypto';
import { canonicalText, digestOf } from '../digest.ts';
import type { WorldEntry } from '../history.ts';
import type { SessionItem, TaskItem } from '../items.ts';
import { keyOf, NOW_MS } from './keyring.ts';

export const SESSION = 's-01930000-0000-7000-8000-000000000001';
export const TASK = 'pricing/ec2/eu-west-1/0';
export const COORDINATOR = 'if://agent/test/coordinator/c-1';
export const WORKER = 'if://agent/test/pricing/w-1';
export const KEYS = { coordinator: keyOf('coordinator'), pricing: keyOf('pricing') };

/** What a claim cites. */
export const EVIDENCE = 'what AWS answered';
/** The evidence id of a text. */
export const named = (text: string): string => `if://evidence/sha256/${digestOf(text).slice('sha256:'.length)}`;

/** A claim that cites its evidence, as a report holds it. */
export const CLAIM = {
  id: `if://claim/sha256/${'c'.repeat(64)}`,
  citations: [{ evidence: named(EVIDENCE), pointer: '', media_type: 'application/json' }],
  figures: [],
};
const RESULT = canonicalText({ kind: 'judge', claims: [CLAIM], findings: [], coverage: [] }) ?? '';
export const RESULT_SHA256 = digestOf(RESULT);
/** The plan: one task. */
export const PLAN = canonicalText([{ task_id: TASK, type: 'pricing.judge', role: 'pricing' }]) ?? '';

/** The head of a message; `n` makes its id. */
const head = (n: number, sender: string, receiver: string): object => ({
  if_bus: '1.0',
  message_id: `if://message/00000000-0000-4000-8000-00000000000${n}`,
  conversation_id: `if://conversation/${SESSION}`,
  sender,
  receiver,
  timestamp: NOW_MS,
  expires_at: NOW_MS + 3_600_000,
  sequence: 0,
  prev_hash: null,
  citation: null,
});

/** A request as the coordinator signs it. */
export const requestWire = (over: object = {}): string =>
  KEYS.coordinator.seal({
    ...head(1, COORDINATOR, 'if://role/pricing'),
    performative: 'request',
    task: { task_id: TASK, dispatch: 1, deadline: NOW_MS + 900_000 },
    content: { task: { type: 'pricing.judge', service: 'ec2', region: 'eu-west-1', input: named(PLAN) } },
    ...over,
  });

export const REQUEST = requestWire();

/** The answer of a worker to a request. */
export const answerWire = (over: object = {}, key: keyof typeof KEYS = 'pricing'): string =>
  KEYS[key].seal({
    ...head(2, WORKER, COORDINATOR),
    performative: 'inform',
    task: { task_id: TASK, dispatch: 1, fence: 1 },
    in_reply_to: { message_id: 'if://message/00000000-0000-4000-8000-000000000001', sha256: digestOf(REQUEST) },
    content: { result: { sha256: RESULT_SHA256, size: RESULT.length, media_type: 'application/json' } },
    citation: { source_url: named(RESULT), evidence_hash: RESULT_SHA256 },
    ...over,
  });

export const ANSWER = answerWire();

/** What everybody said, as the coordinator closes the session. */
export const closeWire = (count = 1): string =>
  KEYS.coordinator.seal({
    ...head(3, COORDINATOR, 'if://role/coordinator'),
    performative: 'close',
    sequence: 1,
    content: {
      state: 'DONE',
      senders: [
        { sender: COORDINATOR, count: 1, last_sequence: 0 },
        { sender: WORKER, count, last_sequence: 0 },
      ],
    },
  });

export const CLOSE = closeWire();

export const reportOf = (over: object = {}): string =>
  canonicalText({ results: [{ task_id: TASK, role: 'pricing', result: JSON.parse(RESULT) }], gaps: [], ...over }) ?? '';

export const REPORT = reportOf();

/** The session at its start, and as it changes. */
export const session = (over: Partial<SessionItem> = {}): SessionItem => ({
  session_id: SESSION,
  state: 'RUNNING',
  created_at_ms: NOW_MS,
  deadline_ms: NOW_MS + 900_000,
  tick: 1,
  fence: 1,
  owner: COORDINATOR,
  plan_analysis: named(PLAN),
  ...over,
});

/** The task as it is dispatched, and as it changes. */
export const task = (over: Partial<TaskItem> = {}): TaskItem => ({
  session_id: SESSION,
  task_id: TASK,
  role: 'pricing',
  type: 'pricing.judge',
  state: 'DISPATCHED',
  dispatch: 1,
  fence: 0,
  attempt: 0,
  hb: 0,
  request_wire: REQUEST,
  ...over,
});

export const LEASED = task({ state: 'LEASED', fence: 1, attempt: 1, owner: WORKER });
export const DONE: TaskItem = {
  ...LEASED,
  state: 'DONE',
  result_sha256: RESULT_SHA256,
  result: RESULT,
  answer_wire: ANSWER,
};
export const OVER = session({ state: 'DONE', tick: 3, report_sha256: digestOf(REPORT), close_sha256: digestOf(CLOSE) });

export const WORLD: WorldEntry = {
  at_ms: NOW_MS,
  kind: 'world',
  format: 1,
  scope: 'full',
  name: 'hand-built',
  keys: [KEYS.coordinator.trusted, KEYS.pricing.trusted],
  signatures: 'ed25519',
  max_attempts: 8,
  max_skew_ms: 0,
  grace_ms: 60_000,
  within_limits: true,
  markers: ['PWNED'],
  secrets: ['hunter2'],
};

/** A log of two entries and the checkpoint over both, as C2SP signed-note has it. */
export function logText(): string {
  const first = {
    direction: 'sent',
    index: 0,
    logged_at: NOW_MS,
    prev_entry_hash: null,
    wire_sha256: digestOf(REQUEST),
  };
  const line = canonicalText(first) ?? '';
  const second = {
    ...first,
    direction: 'received',
    index: 1,
    prev_entry_hash: digestOf(line),
    wire_sha256: digestOf(ANSWER),
  };
  return `${line}\n${canonicalText(second)}\n`;
}

/** The checkpoint over a log of two lines; its root is computed here, leaf by leaf (RFC 6962 section 2.1). */
export function checkpointOf(text: string): string {
  const [left, right] = text
    .trim()
    .split('\n')
    .map((line) => sha(Buffer.concat([Buffer.of(0), Buffer.from(line)])));
  const root = sha(Buffer.concat([Buffer.of(1), left!, right!]));
  const body = `infrafabric/session/${SESSION}\n2\n${root.toString('base64')}\n`;
  const signature = Buffer.concat([Buffer.alloc(4), KEYS.coordinator.signNote(body)]).toString('base64');
  return `${body}\n— infrafabric/session/${SESSION} ${signature}\n`;
}

const sha = (bytes: Buffer): Buffer => createHash('sha256').update(bytes).digest();
