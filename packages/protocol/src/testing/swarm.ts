import { agentAddress, roleAddress } from '../compose.ts';
import { signDocument } from '../document.ts';
import { sha256 } from '../hash.ts';
import { evidenceId, type SessionId } from '../ids.ts';
import type { OpenContext } from '../open.ts';
import { PAYLOAD_TYPE } from '../payload-type.ts';
import { Role, type WORKER_ROLES } from '../role.ts';
import { Sequence } from '../sequence.ts';
import { type Signer, signerFromSeed } from '../signer.ts';
import type { TaskSpec } from '../task.ts';
import { openTrustDocument, type TrustDocument } from '../trust.ts';
import type { TrustKey, TrustStore } from '../trusted-key.ts';

/** One keyed agent of a test swarm. */
export interface Agent {
  readonly role: Role;
  readonly address: string;
  readonly signer: Signer;
  readonly sequence: Sequence;
  /** What this agent opens messages with at `nowMs`. */
  context(over?: Partial<OpenContext>): OpenContext;
}

/** A swarm with real keys, a really signed trust document and a clock that stands still. */
export interface Swarm {
  readonly session: SessionId;
  readonly nowMs: number;
  readonly root: Signer;
  readonly trustDocument: TrustDocument;
  readonly trustText: string;
  readonly trust: TrustStore;
  readonly agents: Readonly<Record<Role, Agent>>;
  /** A new message UUID (version 4), the same row for the same swarm. */
  uuid(): string;
}

const DAY_MS = 86_400_000;

/** 2026-11-20T00:00:00Z. */
const NOW_MS = 1_795_132_800_000;

/**
 * A coordinator and one worker of each role, keyed from `name`: the same name gives the same keys, signatures and ids.
 *
 * `changeKey` may alter a key before the trust document is signed (revoke it, move its dates).
 */
export function aSwarm(name = 'swarm', changeKey: (key: TrustKey, role: Role) => TrustKey = (key) => key): Swarm {
  const root = signerFromSeed(sha256(`${name} root`));
  const trustDocument: TrustDocument = {
    version: 1,
    expires_at: NOW_MS + 365 * DAY_MS,
    tenant: 'test',
    keys: Role.options.map((role) => changeKey(trustKey(role, signerOf(name, role)), role)),
  };
  const trustText = signDocument(PAYLOAD_TYPE.trust, trustDocument, root);
  const trust = openTrustDocument(trustText, [root.keyId], NOW_MS);
  const session = `s-${uuidFrom(`${name} session`, '7')}`;
  const agent = (role: Role): Agent => anAgent(role, signerOf(name, role), { session, trust });
  const agents = {
    coordinator: agent('coordinator'),
    collector: agent('collector'),
    pricing: agent('pricing'),
    rightsizing: agent('rightsizing'),
    'upgrade-risk': agent('upgrade-risk'),
    budget: agent('budget'),
  };
  let uuids = 0;
  const uuid = (): string => uuidFrom(`${name} message ${(uuids += 1)}`, '4');
  return { session, nowMs: NOW_MS, root, trustDocument, trustText, trust, agents, uuid };
}

/** A small task of a role. */
export function aTask(role: TaskSpec['role'] = 'pricing', over: Partial<TaskSpec> = {}): TaskSpec {
  return {
    task_id: `${role}/ec2/eu-west-1/0`,
    type: TYPE_OF_ROLE[role],
    role,
    service: 'ec2',
    region: 'eu-west-1',
    phase: role === 'collector' ? 'collection' : 'analysis',
    input: evidenceId('1'.repeat(64)),
    evidence: [evidenceId('2'.repeat(64))],
    context: { as_of: '2026-11-20' },
    ...over,
  };
}

const TYPE_OF_ROLE = {
  collector: 'collector.index-estate',
  pricing: 'pricing.judge',
  rightsizing: 'rightsizing.judge',
  'upgrade-risk': 'upgrade-risk.judge',
  budget: 'budget.account',
} as const satisfies Record<(typeof WORKER_ROLES)[number], TaskSpec['type']>;

const signerOf = (name: string, role: Role): Signer => signerFromSeed(sha256(`${name} ${role}`));

function anAgent(role: Role, signer: Signer, swarm: { session: SessionId; trust: TrustStore }): Agent {
  const address = agentAddress(swarm.session, role, '0');
  return {
    role,
    address,
    signer,
    sequence: new Sequence(signer),
    context: (over = {}) => ({
      trust: swarm.trust,
      receivers: [address, roleAddress(role)],
      nowMs: NOW_MS,
      ...over,
    }),
  };
}

function trustKey(role: Role, signer: Signer): TrustKey {
  return {
    key_id: signer.keyId,
    public_key: signer.publicKey,
    subject: `if://agent/*/${role}/*`,
    roles: [role],
    not_before: NOW_MS - DAY_MS,
    not_after: NOW_MS + 90 * DAY_MS,
    status: 'active',
  };
}

function uuidFrom(name: string, version: '4' | '7'): string {
  const hex = Buffer.from(sha256(name)).toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${version}${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
