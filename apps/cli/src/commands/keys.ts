import type { Command } from 'commander';
import type * as RuntimeModule from '@infrafabric/runtime';
import type { ListedKeys } from '@infrafabric/runtime';
import { withExamples } from '../examples.ts';
import { EXIT, type ExitStatus } from '../exit-status.ts';
import { withJson, words } from '../flags.ts';
import type { Act, Invocation } from '../invocation.ts';
import { shownPath } from '../shown-path.ts';
import { table } from '../table.ts';
import type { Terminal } from '../terminal.ts';

interface Flags {
  readonly json?: boolean;
  readonly role?: readonly string[];
  readonly reason?: string;
  readonly root?: string;
}

const KEY = 'ed25519:0123456789abcdef0123456789abcdef';

/** `keys`: who may speak on the bus, and with which key. */
export function addKeys(program: Command, invocation: Invocation, act: Act): void {
  const keys = program
    .command('keys')
    .description('List, rotate, revoke, export or import the keys that sign messages');
  const list = keys
    .command('list', { isDefault: true })
    .description('List the root, the trust document and every key in it');
  withExamples(withJson(list), 'infrafabric keys', 'infrafabric keys list --json');
  list.action((flags: Flags) => act(() => change(invocation, flags, ({ listKeys }, config) => listKeys(config))));

  const init = keys
    .command('init')
    .description('Make the keys of this installation where there are none, and list them');
  withExamples(withJson(init), 'infrafabric keys init');
  init.action((flags: Flags) => act(() => change(invocation, flags, ({ listKeys }, config) => listKeys(config))));

  const rotate = keys
    .command('rotate')
    .description('Give roles fresh keys; the old ones verify for 14 days more and sign nothing new')
    .option('--role <list>', 'roles to rotate (default: all)', words);
  withExamples(withJson(rotate), 'infrafabric keys rotate', 'infrafabric keys rotate --role pricing,budget');
  rotate.action((flags: Flags) =>
    act(() => change(invocation, flags, ({ rotateKeys }, config) => rotateKeys(config, flags.role ?? []))),
  );

  const revoke = keys
    .command('revoke')
    .description('Refuse a key from now on, in running processes too; its role gets a fresh one first')
    .argument('<key_id>', 'such as keys list shows')
    .requiredOption('--reason <text>', 'why; it stands in the trust document');
  withExamples(withJson(revoke), `infrafabric keys revoke ${KEY} --reason "laptop stolen"`);
  revoke.action((keyId: string, flags: Flags) =>
    act(() => change(invocation, flags, ({ revokeKey }, config) => revokeKey(config, keyId, flags.reason ?? ''))),
  );
  addShipping(keys, invocation, act);
  const secret = keys
    .command('secret')
    .description(
      'Print what the secret of a deployed role is to hold: its private key, the root and the trust document',
    )
    .argument('<role>', 'such as pricing');
  withExamples(
    secret,
    'infrafabric keys secret pricing | aws secretsmanager put-secret-value --secret-id infrafabric/keys/pricing --secret-string file:///dev/stdin',
  );
  secret.action((role: string) => act(() => printSecret(role, invocation)));
}

async function printSecret(role: string, { terminal, environment }: Invocation): Promise<ExitStatus> {
  const { keySecret, readConfig } = await import('@infrafabric/runtime');
  terminal.out(keySecret(readConfig({ flags: {}, environment }), role));
  return EXIT.complete;
}

function addShipping(keys: Command, invocation: Invocation, act: Act): void {
  const exported = keys
    .command('export')
    .description('Write the trust document, and the private keys of the named roles, for another machine')
    .argument('<dir>', 'absent or empty folder; what is in it must stay secret when it holds keys')
    .option('--role <list>', 'roles whose private keys go with it (default: none); root only when named', words);
  withExamples(exported, 'infrafabric keys export ./trust', 'infrafabric keys export ./pricing-machine --role pricing');
  exported.action((dir: string, flags: Flags) => act(() => exportTo(dir, flags, invocation)));

  const imported = keys
    .command('import')
    .description('Take over what keys export wrote; an older trust document is refused')
    .argument('<dir>', 'the folder that keys export wrote')
    .option('--root <key_id>', 'on a machine without keys: the root to pin (default: the one that signed)');
  withExamples(withJson(imported), `infrafabric keys import ./pricing-machine --root ${KEY}`);
  imported.action((dir: string, flags: Flags) =>
    act(() => change(invocation, flags, ({ importKeys }, config) => importKeys(config, dir, flags.root))),
  );
}

type Runtime = typeof RuntimeModule;

async function change(
  { terminal, environment }: Invocation,
  { json }: Flags,
  act: (runtime: Runtime, config: ReturnType<Runtime['readConfig']>) => ListedKeys,
): Promise<ExitStatus> {
  const runtime = await import('@infrafabric/runtime');
  const keys = act(runtime, runtime.readConfig({ flags: {}, environment }));
  if (json === true) terminal.document(JSON.stringify(keys, undefined, 2));
  else print(keys, terminal);
  return EXIT.complete;
}

async function exportTo(dir: string, flags: Flags, { terminal, environment }: Invocation): Promise<ExitStatus> {
  const { exportKeys, readConfig } = await import('@infrafabric/runtime');
  const files = exportKeys(readConfig({ flags: {}, environment }), dir, flags.role ?? []);
  terminal.out(`${shownPath(dir)}: ${files.join(', ')}\n`);
  return EXIT.complete;
}

function print({ root, root_here, version, expires_at_ms, keys }: ListedKeys, terminal: Terminal): void {
  terminal.out(`root ${root}${root_here ? '' : ' (its private key is elsewhere)'}\n`);
  terminal.out(`trust document ${version}, until ${dayOf(expires_at_ms)}\n`);
  const rows = keys.map((key) => [
    key.key_id,
    key.roles.join(','),
    key.status,
    key.here ? 'yes' : '-',
    dayOf(key.not_before),
    dayOf(key.revoked_at ?? key.not_after),
    key.reason ?? '',
  ]);
  terminal.out(`${table([['KEY', 'ROLE', 'STATUS', 'HERE', 'FROM', 'UNTIL', 'REASON'], ...rows])}\n`);
}

const dayOf = (ms: number): string => new Date(ms).toISOString().slice(0, 10);
