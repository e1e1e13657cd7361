import type { KeyId } from '@infrafabric/protocol';
import type { Config } from '../config/config.ts';
import { openedFolder } from './change-keys.ts';
import { missingKey } from './key-folder.ts';
import { roleNamed } from './key-names.ts';

/**
 * What a function of a deployment is given as its secret, as JSON: the seed of one role's key, the id of the root key and the
 * trust document. Whoever reads it can sign as that role.
 *
 * @throws RuntimeError `CONFIG_INVALID` for a role nobody has, `KEY_MISSING`.
 */
export function keySecret(config: Config, name: string): string {
  const role = roleNamed(name);
  const folder = openedFolder(config);
  const { text: trust } = folder.trust() ?? missingKey('root', folder.path);
  const seed = folder.key(role)?.text.trim() ?? missingKey(role, folder.path);
  return JSON.stringify({ seed, root_key_id: rootOf(config), trust });
}

/** The root key that the reports of this installation hang on. */
export function rootOf(config: Config): KeyId {
  const folder = openedFolder(config);
  return folder.rootKeyId() ?? missingKey('root', folder.path);
}
