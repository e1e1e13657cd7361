import { type KeyId, type TrustKey, withRevoked } from '@infrafabric/protocol';
import { systemClock } from '../clock.ts';
import type { Config } from '../config/config.ts';
import { openHome } from '../home.ts';
import { installedTrust, rotateRoles, SIGNING_ROLES } from './installed-keys.ts';
import { type KeyFolder, keyFolder, missingKey } from './key-folder.ts';
import { roleNamed, unknownKey } from './key-names.ts';

/** The keys of an installation as a person lists them; no secret among them. */
export interface ListedKeys {
  readonly root: KeyId;
  /** The root's private key is on this machine: it can rotate and revoke. */
  readonly root_here: boolean;
  readonly version: number;
  readonly expires_at_ms: number;
  /** `here` = the private key is on this machine. */
  readonly keys: readonly (TrustKey & { readonly here: boolean })[];
}

/** Lists the keys of this installation, making them on first use. */
export function listKeys(config: Config): ListedKeys {
  return listed(openedFolder(config));
}

/** Gives roles fresh keys; the old ones verify until nothing they signed can live any longer. All roles unless named. @throws RuntimeError `KEY_MISSING`, `CONFIG_INVALID`. */
export function rotateKeys(config: Config, roles: readonly string[]): ListedKeys {
  const folder = openedFolder(config);
  rotateRoles(folder, roles.length === 0 ? SIGNING_ROLES : roles.map(roleNamed), systemClock.nowMs());
  return listed(folder);
}

/** Refuses a key from now on; a role whose key it was has a fresh one before. @throws RuntimeError `KEY_UNKNOWN`, `KEY_MISSING`. */
export function revokeKey(config: Config, keyId: string, reason: string): ListedKeys {
  const folder = openedFolder(config);
  const nowMs = systemClock.nowMs();
  const root = folder.key('root')?.signer ?? missingKey('root', folder.path);
  for (;;) {
    const { document } = folder.trust() ?? missingKey('root', folder.path);
    const key = document.keys.find((one) => one.key_id === keyId);
    if (key === undefined) throw unknownKey(keyId);
    if (key.status === 'revoked') return listed(folder);
    if (key.status === 'active') rotateRoles(folder, key.roles, nowMs);
    const current = folder.trust() ?? missingKey('root', folder.path);
    const next = withRevoked(current.document, key.key_id, { reason, nowMs });
    if (next !== undefined && !folder.publish(next, root)) continue;
    folder.prune();
    return listed(folder);
  }
}

/** The key folder of an installation, with whatever was due done. */
export function openedFolder(config: Config): KeyFolder {
  const folder = keyFolder(openHome(config.home).keys);
  installedTrust(folder, config.tenant, systemClock.nowMs());
  return folder;
}

/** What a person sees of a key folder. */
export function listed(folder: KeyFolder): ListedKeys {
  const { document } = folder.trust() ?? missingKey('root', folder.path);
  const here = new Set(SIGNING_ROLES.flatMap((role) => folder.key(role)?.signer.keyId ?? []));
  return {
    root: folder.rootKeyId() ?? missingKey('root', folder.path),
    root_here: folder.key('root') !== undefined,
    version: document.version,
    expires_at_ms: document.expires_at,
    keys: document.keys.map((key) => ({ ...key, here: here.has(key.key_id) })),
  };
}
