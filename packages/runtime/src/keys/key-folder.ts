import { readdirSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  claimedSigners,
  type KeyId,
  newSeed,
  openTrustDocument,
  PAYLOAD_TYPE,
  Role,
  signDocument,
  type Signer,
  signerFromSeed,
  type TrustDocument,
  type TrustStore,
} from '@infrafabric/protocol';
import { RuntimeError } from '../errors.ts';
import { publishPrivate, readIfThere, refuseOpenFile } from '../private-file.ts';

/** Whose private key a file holds. */
export type KeyName = 'root' | Role;

/** The trust document in force: its bytes, and what it says. */
export interface CurrentTrust {
  readonly text: string;
  readonly document: TrustDocument;
}

/**
 * The folder `keys` of an installation: private keys (`<name>.key`, 0600) and every version of the trust document
 * (`trust-<version>.json`), of which the highest is in force. A version is written once, so two processes never make the same.
 */
export interface KeyFolder {
  readonly path: string;
  /** Grows whenever a file joins or is replaced. */
  readonly changedAt: () => number;
  /** @throws RuntimeError `KEY_FILE_PERMISSIONS`. */
  readonly signer: (name: KeyName) => Signer | undefined;
  /** The secret as its file has it: base64url of the seed. @throws as `signer`. */
  readonly seedText: (name: KeyName) => string | undefined;
  /** Makes a key where there is none. */
  readonly ensure: (name: KeyName) => Signer;
  /** Puts a seed in the place of the one that is there. */
  readonly replace: (name: KeyName, seed: Uint8Array) => void;
  /** The root whose signature counts: of the private key here, or the pinned one of an imported document. */
  readonly rootKeyId: () => KeyId | undefined;
  readonly pinRoot: (keyId: KeyId) => void;
  /** `undefined` before the first. @throws ProtocolError when it does not verify under the root key. */
  readonly trust: () => CurrentTrust | undefined;
  /** Signs and writes the next version; false when another process wrote it first. */
  readonly publish: (document: TrustDocument, root: Signer) => boolean;
  /** Writes a version that is signed already; false when there is one with its number. */
  readonly install: (text: string, version: number) => boolean;
}

/** Opens the key folder of an installation; it must exist. */
export function keyFolder(path: string): KeyFolder {
  const file = (name: string): string => join(path, name);
  const seedText = (name: KeyName): string | undefined => {
    const text = readIfThere(file(`${name}.key`));
    if (text !== undefined) refuseOpenFile(file(`${name}.key`));
    return text?.trim();
  };
  const signer = (name: KeyName): Signer | undefined => {
    const text = seedText(name);
    return text === undefined ? undefined : signerFromSeed(Buffer.from(text, 'base64url'));
  };
  const rootKeyId = (): KeyId | undefined => signer('root')?.keyId ?? readIfThere(file('root.id'))?.trim();
  const install = (text: string, version: number): boolean =>
    publishPrivate(file(`trust-${version}.json`), text) === text;
  return {
    path,
    changedAt: () => statSync(path).mtimeMs,
    signer,
    seedText,
    ensure(name) {
      publishPrivate(file(`${name}.key`), textOf(newSeed()));
      return signer(name) ?? missingKey(name, path);
    },
    replace(name, seed) {
      const draft = file(`${name}.key.${process.pid}`);
      writeFileSync(draft, textOf(seed), { mode: 0o600 });
      renameSync(draft, file(`${name}.key`));
    },
    rootKeyId,
    pinRoot: (keyId) => void publishPrivate(file('root.id'), `${keyId}\n`),
    trust: () => currentTrust(path, rootKeyId()),
    publish: (document, root) => install(signDocument(PAYLOAD_TYPE.trust, document, root), document.version),
    install,
  };
}

/** The refusal of a key that is not here. */
export function missingKey(name: KeyName, path: string): never {
  throw new RuntimeError('KEY_MISSING', {
    message: `this machine has no private key of ${name}`,
    where: path,
    fix: 'infrafabric keys import brings one from the machine that made it (keys export --role)',
  });
}

/** The refusal of a key that the trust document does not know. */
export function unknownKey(keyId: string): RuntimeError {
  return new RuntimeError('KEY_UNKNOWN', {
    message: `expected a key of the trust document (ed25519:<32 hex digits>), got "${keyId.slice(0, 80)}"`,
    where: 'key id',
    fix: 'infrafabric keys list',
  });
}

/** A role as a person names it. @throws RuntimeError `CONFIG_INVALID`. */
export function roleNamed(name: string): Role {
  const role = Role.safeParse(name);
  if (role.success) return role.data;
  throw new RuntimeError('CONFIG_INVALID', {
    message: `no agent has the role "${name.slice(0, 40)}"`,
    where: '--role',
    fix: `choose from ${Role.options.join(', ')}`,
  });
}

/** What a document says, from the store it opens into. */
export function openTrust(
  text: string,
  rootKeyId: KeyId,
  nowMs: number,
): { store: TrustStore; document: TrustDocument } {
  const store = openTrustDocument(text, [rootKeyId], nowMs);
  const { version, tenant, expiresAtMs: expires_at } = store;
  const keys = [...store.keys.values()].map(({ verify: _, ...key }) => key);
  return { store, document: { version, tenant, expires_at, keys } };
}

function currentTrust(path: string, rootKeyId: KeyId | undefined): CurrentTrust | undefined {
  const versions = readdirSync(path).flatMap((name) => /^trust-([0-9]+)\.json$/.exec(name)?.[1] ?? []);
  const newest = versions.map(Number).toSorted((a, b) => b - a)[0];
  const text = readIfThere(join(path, newest === undefined ? 'trust.json' : `trust-${newest}.json`));
  if (text === undefined) return undefined;
  const root = rootKeyId ?? claimedSigners(text)[0] ?? missingKey('root', path);
  return { text, document: openTrust(text, root, 0).document };
}

const textOf = (seed: Uint8Array): string => Buffer.from(seed).toString('base64url');
