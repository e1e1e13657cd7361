import { firstTrust, freshKey, newSeed, type Role, withFreshKeys, WORKER_ROLES } from '@infrafabric/protocol';
import { type CurrentTrust, type KeyFolder, missingKey } from './key-folder.ts';

/** Every role that signs. */
export const SIGNING_ROLES: readonly Role[] = ['coordinator', ...WORKER_ROLES];

/** When less than this is left of a key or of the trust document, a new version is signed. */
const RENEW_MS = 30 * 86_400_000;

/**
 * The trust document in force, after everything due was done: made on first use, renewed in time, keys near their end replaced,
 * roles of a newer release joined. A machine without the root key uses what it was given.
 */
export function installedTrust(folder: KeyFolder, tenant: string, nowMs: number): CurrentTrust {
  const current = folder.trust();
  if (current === undefined) return first(folder, tenant, nowMs);
  const root = folder.key('root')?.signer;
  const due = root === undefined ? [] : SIGNING_ROLES.filter((role) => isDue(folder, role, nowMs));
  if (root === undefined || (due.length === 0 && current.document.expires_at - nowMs > RENEW_MS)) return current;
  return rotateRoles(folder, due, nowMs);
}

/** Gives roles fresh keys. */
export function rotateRoles(folder: KeyFolder, roles: readonly Role[], nowMs: number): CurrentTrust {
  const root = folder.key('root')?.signer ?? missingKey('root', folder.path);
  const signers = roles.map((role) => ({ role, signer: folder.keep(role, newSeed(), 'beside') }));
  for (;;) {
    const current = folder.trust() ?? missingKey('root', folder.path);
    const fresh = signers.map(({ role, signer }) => freshKey(role, signer, nowMs));
    if (!folder.publish(withFreshKeys(current.document, fresh, nowMs), root)) continue;
    folder.prune();
    return folder.trust() ?? current;
  }
}

function first(folder: KeyFolder, tenant: string, nowMs: number): CurrentTrust {
  const root = folder.keep('root', newSeed(), 'first');
  const keys = SIGNING_ROLES.map((role) => freshKey(role, folder.keep(role, newSeed(), 'first'), nowMs));
  folder.publish(firstTrust(keys, tenant, nowMs), root);
  return folder.trust() ?? missingKey('root', folder.path);
}

/** Whether a role has no key here that the document has as active, or one that ends soon. */
function isDue(folder: KeyFolder, role: Role, nowMs: number): boolean {
  const keyId = folder.key(role)?.signer.keyId;
  const key = folder.trust()?.document.keys.find((one) => one.key_id === keyId);
  if (key === undefined) return true;
  return key.status === 'active' && key.not_after - nowMs <= RENEW_MS;
}
