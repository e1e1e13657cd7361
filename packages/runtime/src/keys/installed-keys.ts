import {
  firstTrust,
  freshKey,
  newSeed,
  type Role,
  signerFromSeed,
  withFreshKeys,
  WORKER_ROLES,
} from '@infrafabric/protocol';
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
  const root = folder.signer('root');
  const due = root === undefined ? [] : SIGNING_ROLES.filter((role) => isDue(folder, current, role, nowMs));
  if (root === undefined || (due.length === 0 && current.document.expires_at - nowMs > RENEW_MS)) return current;
  return rotateRoles(folder, due, nowMs);
}

/** Gives roles fresh keys: the document that knows them first, then their files, so nothing is signed that nobody knows. */
export function rotateRoles(folder: KeyFolder, roles: readonly Role[], nowMs: number): CurrentTrust {
  const root = folder.signer('root') ?? missingKey('root', folder.path);
  for (;;) {
    const current = folder.trust() ?? missingKey('root', folder.path);
    const seeds = roles.map((role) => ({ role, seed: newSeed() }));
    const fresh = seeds.map(({ role, seed }) => freshKey(role, signerFromSeed(seed), nowMs));
    if (!folder.publish(withFreshKeys(current.document, fresh, nowMs), root)) continue;
    for (const { role, seed } of seeds) folder.replace(role, seed);
    return folder.trust() ?? current;
  }
}

function first(folder: KeyFolder, tenant: string, nowMs: number): CurrentTrust {
  const root = folder.ensure('root');
  const keys = SIGNING_ROLES.map((role) => freshKey(role, folder.ensure(role), nowMs));
  folder.publish(firstTrust(keys, tenant, nowMs), root);
  return folder.trust() ?? missingKey('root', folder.path);
}

/** Whether a role has no key here that the document knows as active, or one that ends soon. */
function isDue(folder: KeyFolder, { document }: CurrentTrust, role: Role, nowMs: number): boolean {
  const keyId = folder.signer(role)?.keyId;
  const key = document.keys.find((one) => one.key_id === keyId);
  return key?.status !== 'active' || key.not_after - nowMs <= RENEW_MS;
}
