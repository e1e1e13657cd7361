import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type KeyId,
  newSeed,
  openTrustDocument,
  PAYLOAD_TYPE,
  type Role,
  signDocument,
  type Signer,
  signerFromSeed,
  type TrustDocument,
  type TrustKey,
  type TrustStore,
  WORKER_ROLES,
} from '@infrafabric/protocol';
import type { Home } from './home.ts';
import { publishPrivate, readIfThere, refuseOpenFile } from './private-file.ts';

/** The keys of an installation: one root, one key a role, and the trust document that binds them. */
export interface Keys {
  readonly rootKeyId: KeyId;
  readonly trust: TrustStore;
  /** The signed trust document, byte for byte. */
  readonly trustText: string;
  readonly signerOf: (role: Role) => Signer;
}

/** Keys of an installation serve this long; the trust document is renewed well before. */
const KEY_LIFE_MS = 365 * 86_400_000;

/** When less than this is left, a new version of the trust document is signed. */
const RENEW_MS = 30 * 86_400_000;

/** A clock that was set back this far does not make a fresh key look like one from the future. */
const BACKDATE_MS = 3_600_000;

const ROLES: readonly Role[] = ['coordinator', ...WORKER_ROLES];

/**
 * Opens the keys of a data folder, making them on first use. Private keys are 0600 files.
 *
 * @throws RuntimeError `KEY_FILE_PERMISSIONS`; ProtocolError when the trust document does not verify under the root key.
 */
export function openKeys(home: Home, tenant: string, nowMs: number): Keys {
  const root = signerIn(home, 'root');
  const signers = new Map(ROLES.map((role) => [role, signerIn(home, role)]));
  const text = trustTextOf(home, { root, signers, tenant, nowMs });
  return {
    rootKeyId: root.keyId,
    trust: openTrustDocument(text, [root.keyId], nowMs),
    trustText: text,
    signerOf: (role) => signerOf(signers, role),
  };
}

/** The key of the handles that stand for names in a collection (`collect --redact`), made on first use; it never leaves this folder. */
export function redactionKey(home: Home): Uint8Array {
  return seedIn(home, 'redaction');
}

function signerOf(signers: ReadonlyMap<Role, Signer>, role: Role): Signer {
  const signer = signers.get(role);
  if (signer === undefined) throw new TypeError(`no key was made for the role ${role}`);
  return signer;
}

interface TrustBasis {
  readonly root: Signer;
  readonly signers: ReadonlyMap<Role, Signer>;
  readonly tenant: string;
  readonly nowMs: number;
}

function trustTextOf(home: Home, basis: TrustBasis): string {
  const path = join(home.keys, 'trust.json');
  const existing = readIfThere(path);
  if (existing === undefined) return publishPrivate(path, signTrust(basis, 1));
  const trust = openTrustDocument(existing, [basis.root.keyId], 0);
  const complete = [...basis.signers.values()].every((signer) => trust.keys.has(signer.keyId));
  if (complete && trust.expiresAtMs - basis.nowMs > RENEW_MS) return existing;
  const draft = `${path}.${process.pid}`;
  writeFileSync(draft, signTrust(basis, trust.version + 1), { mode: 0o600 });
  renameSync(draft, path);
  return readFileSync(path, 'utf8');
}

function signTrust({ root, signers, tenant, nowMs }: TrustBasis, version: number): string {
  const document: TrustDocument = {
    version,
    tenant,
    expires_at: nowMs + KEY_LIFE_MS,
    keys: [...signers].map(([role, signer]) => trustKeyOf(role, signer, nowMs)),
  };
  return signDocument(PAYLOAD_TYPE.trust, document, root);
}

function trustKeyOf(role: Role, signer: Signer, nowMs: number): TrustKey {
  return {
    key_id: signer.keyId,
    public_key: signer.publicKey,
    subject: `if://agent/*/${role}/*`,
    roles: [role],
    not_before: Math.max(0, nowMs - BACKDATE_MS),
    not_after: nowMs + KEY_LIFE_MS,
    status: 'active',
  };
}

const signerIn = (home: Home, name: 'root' | Role): Signer => signerFromSeed(seedIn(home, name));

function seedIn(home: Home, name: 'root' | 'redaction' | Role): Uint8Array {
  const path = join(home.keys, `${name}.key`);
  const text = readIfThere(path) ?? publishPrivate(path, Buffer.from(newSeed()).toString('base64url'));
  refuseOpenFile(path);
  return Buffer.from(text.trim(), 'base64url');
}
