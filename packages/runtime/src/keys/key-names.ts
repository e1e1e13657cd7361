import { Role } from '@infrafabric/protocol';
import { RuntimeError } from '../errors.ts';
import type { KeyName } from './key-folder.ts';

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

/** As `roleNamed`, or the root. */
export const keyNamed = (name: string): KeyName => (name === 'root' ? name : roleNamed(name));
