import type { KeyId, Role, Signer, TrustStore } from '@infrafabric/protocol';
import type { Home } from '../home.ts';
import { installedTrust } from './installed-keys.ts';
import { keyFolder, missingKey, openTrust } from './key-folder.ts';

/** The keys of an installation: one root, one key a role, and the trust document that binds them. All follow their files. */
export interface Keys {
  readonly rootKeyId: KeyId;
  readonly trust: TrustStore;
  /** The signed trust document, byte for byte. */
  readonly trustText: string;
  /** @throws RuntimeError `KEY_MISSING` when this machine has no key of the role. */
  readonly signerOf: (role: Role) => Signer;
}

/**
 * Opens the keys of a data folder, making them on first use. Private keys are 0600 files.
 *
 * A process that runs sees rotations and revocations of others from its next turn of work on: the folder is looked at once a turn.
 * @throws RuntimeError `KEY_FILE_PERMISSIONS`, `KEY_MISSING`; ProtocolError when the trust document does not verify under the root key.
 */
export function openKeys(home: Home, tenant: string, nowMs: number): Keys {
  const folder = keyFolder(home.keys);
  installedTrust(folder, tenant, nowMs);
  const rootKeyId = folder.rootKeyId() ?? missingKey('root', folder.path);
  const opened = following(folder.changedAt, () => {
    const { text } = folder.trust() ?? missingKey('root', folder.path);
    return { text, trust: openTrust(text, rootKeyId, nowMs).store, signers: new Map<Role, Signer>() };
  });
  const signer = (role: Role): Signer => {
    const { signers } = opened();
    const known = signers.get(role) ?? folder.key(role)?.signer ?? missingKey(role, folder.path);
    signers.set(role, known);
    return known;
  };
  return {
    rootKeyId,
    trust: {
      roots: [rootKeyId],
      get version() {
        return opened().trust.version;
      },
      get tenant() {
        return opened().trust.tenant;
      },
      get expiresAtMs() {
        return opened().trust.expiresAtMs;
      },
      get keys() {
        return opened().trust.keys;
      },
    },
    get trustText() {
      return opened().text;
    },
    signerOf: (role) => livingSigner(() => signer(role)),
  };
}

/** A signer that is always the present one; what signs within one turn is one key. */
function livingSigner(present: () => Signer): Signer {
  present();
  return {
    get keyId() {
      return present().keyId;
    },
    get publicKey() {
      return present().publicKey;
    },
    sign: (payloadType, body) => present().sign(payloadType, body),
    signNote: (text) => present().signNote(text),
  };
}

/** What `read` answers, read again when `changedAt` has grown; looked at once in a turn of the event loop. */
function following<Value>(changedAt: () => number, read: () => Value): () => Value {
  let seenAt = changedAt();
  let value = read();
  let isFresh = false;
  return () => {
    if (isFresh) return value;
    isFresh = true;
    setImmediate(() => (isFresh = false)).unref();
    const now = changedAt();
    if (now !== seenAt) {
      value = read();
      seenAt = now;
    }
    return value;
  };
}
