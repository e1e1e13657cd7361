import { readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import {
  claimedSigners,
  type KeyId,
  openTrustDocument,
  PAYLOAD_TYPE,
  Role,
  signDocument,
  type Signer,
  signerFromSeed,
  TrustDocument,
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

/** A private key and its file. */
export interface PrivateKey {
  readonly signer: Signer;
  /** Unpadded base64url of the seed, as the file has it. */
  readonly text: string;
  readonly file: string;
}

/**
 * The folder `keys` of an installation: private keys (`<name>.key`, after a rotation `<name>.<hex of the key id>.key`, 0600) and
 * every version of the trust document (`trust-<version>.json`), of which the highest is in force.
 *
 * A version is written once and a key before the document that names it, so processes that change keys at the same time lose
 * nothing: whoever comes second makes the next version.
 */
export interface KeyFolder {
  readonly path: string;
  /** Grows whenever a file joins or goes. */
  readonly changedAt: () => number;
  /** The key that signs: the root's, or the one the document in force has as active for a role. @throws RuntimeError `KEY_FILE_PERMISSIONS`. */
  readonly key: (name: KeyName) => PrivateKey | undefined;
  /** Keeps a seed: as `<name>.key` where there is none, else under its key id. Answers the key that is there. */
  readonly keep: (name: KeyName, seed: Uint8Array, kept: 'first' | 'beside') => Signer;
  /** The root whose signature counts: of the private key here, or the pinned one of an imported document. */
  readonly rootKeyId: () => KeyId | undefined;
  readonly pinRoot: (keyId: KeyId) => void;
  /** `undefined` before the first. @throws ProtocolError when it does not verify under the root key. */
  readonly trust: () => CurrentTrust | undefined;
  /** Signs and writes the next version; false when another process wrote it first. */
  readonly publish: (document: TrustDocument, root: Signer) => boolean;
  /** Writes a version that is signed already; false when there is one with its number. */
  readonly install: (text: string, version: number) => boolean;
  /** Removes private keys that the document in force has as retiring or revoked: they sign nothing new. */
  readonly prune: () => void;
}

/** Opens the key folder of an installation; it must exist. */
export function keyFolder(path: string): KeyFolder {
  const rootKeyId = (): KeyId | undefined =>
    keysOf(path, 'root')[0]?.signer.keyId ?? readIfThere(join(path, 'root.id'))?.trim();
  const trust = (): CurrentTrust | undefined => currentTrust(path, rootKeyId());
  const install = (text: string, version: number): boolean =>
    publishPrivate(join(path, `trust-${version}.json`), text) === text;
  return {
    path,
    changedAt: () => statSync(path).mtimeMs,
    key(name) {
      if (name === 'root') return keysOf(path, name)[0];
      for (;;) {
        const before = trust();
        const found = keysOf(path, name).find((one) => statusIn(before, one) === 'active');
        // When another process changed the document meanwhile, its key was not in that list.
        if (found !== undefined || trust()?.text === before?.text) return found;
      }
    },
    keep(name, seed, kept) {
      const own = signerFromSeed(seed);
      const middle = kept === 'first' ? '' : `.${own.keyId.slice('ed25519:'.length)}`;
      const text = publishPrivate(join(path, `${name}${middle}.key`), Buffer.from(seed).toString('base64url'));
      return signerFromSeed(Buffer.from(text.trim(), 'base64url'));
    },
    rootKeyId,
    pinRoot: (keyId) => void publishPrivate(join(path, 'root.id'), `${keyId}\n`),
    trust,
    publish: (document, root) => install(signDocument(PAYLOAD_TYPE.trust, document, root), document.version),
    install,
    prune() {
      const current = trust();
      const keys = Role.options.flatMap((role) => keysOf(path, role));
      const spent = keys.filter((one) => ['retiring', 'revoked'].includes(statusIn(current, one) ?? ''));
      for (const { file } of spent) rmSync(file, { force: true });
    },
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

/** Verifies a document: the store it opens into, and what it says. */
export function openTrust(
  text: string,
  rootKeyId: KeyId,
  nowMs: number,
): { store: TrustStore; document: TrustDocument } {
  const store = openTrustDocument(text, [rootKeyId], nowMs);
  const { payload }: { payload: unknown } = JSON.parse(text);
  return { store, document: TrustDocument.parse(payload) };
}

function statusIn(current: CurrentTrust | undefined, { signer }: PrivateKey): string | undefined {
  return current?.document.keys.find((one) => one.key_id === signer.keyId)?.status;
}

/** Every private key of a name, sorted by file. */
function keysOf(path: string, name: KeyName): PrivateKey[] {
  const pattern = new RegExp(`^${name}(\\.[0-9a-f]{32})?\\.key$`);
  const files = readdirSync(path)
    .filter((file) => pattern.test(file))
    .toSorted();
  return files.flatMap((file) => {
    const text = readIfThere(join(path, file))?.trim();
    if (text === undefined) return [];
    refuseOpenFile(join(path, file));
    return [{ signer: signerFromSeed(Buffer.from(text, 'base64url')), text, file: join(path, file) }];
  });
}

function currentTrust(path: string, rootKeyId: KeyId | undefined): CurrentTrust | undefined {
  const versions = readdirSync(path).flatMap((name) => /^trust-([0-9]+)\.json$/.exec(name)?.[1] ?? []);
  const newest = versions.map(Number).toSorted((a, b) => b - a)[0];
  const text = readIfThere(join(path, newest === undefined ? 'trust.json' : `trust-${newest}.json`));
  if (text === undefined) return undefined;
  const root = rootKeyId ?? claimedSigners(text)[0] ?? missingKey('root', path);
  return { text, document: openTrust(text, root, 0).document };
}
