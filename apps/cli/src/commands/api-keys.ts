import { type Command, InvalidArgumentError } from 'commander';
import { withExamples } from '../examples.ts';
import { EXIT, type ExitStatus } from '../exit-status.ts';
import { withJson } from '../flags.ts';
import type { Act, Invocation } from '../invocation.ts';
import { table } from '../table.ts';

interface CreateFlags {
  readonly scopes: readonly string[];
  readonly days?: number;
  readonly json?: boolean;
}

/** `api-keys`: who may ask the HTTP API besides this machine. */
export function addApiKeys(program: Command, invocation: Invocation, act: Act): void {
  const keys = program.command('api-keys').description('Make, list and revoke the keys of the HTTP API');
  const list = keys
    .command('list', { isDefault: true })
    .description('List every key; the keys themselves are not kept');
  withExamples(withJson(list), 'infrafabric api-keys', 'infrafabric api-keys list --json');
  list.action((flags: { json?: boolean }) => act(() => listKeys(invocation, flags.json === true)));
  const create = keys
    .command('create')
    .description('Make a key; its token is printed once, and only its SHA-256 is kept')
    .argument('<name>', 'who it is for: 1 to 60 of a-z, 0-9 and -')
    .option('--scopes <list>', 'read (ask), write (start, cancel, upload) or both', words, ['read'])
    .option('--days <number>', 'refused after so many days (default: never)', days);
  withExamples(withJson(create), 'infrafabric api-keys create nightly --scopes read,write --days 90');
  create.action((name: string, flags: CreateFlags) => act(() => createKey(name, flags, invocation)));
  const revoke = keys
    .command('revoke')
    .description('Refuse a key from now on, also in servers that run')
    .argument('<name>', 'the name it was made with');
  withExamples(revoke, 'infrafabric api-keys revoke nightly');
  revoke.action((name: string) => act(() => revokeKey(name, invocation)));
}

async function listKeys({ terminal, environment }: Invocation, json: boolean): Promise<ExitStatus> {
  const { listApiKeys, readConfig } = await import('@infrafabric/runtime');
  const keys = listApiKeys(readConfig({ flags: {}, environment }));
  const rows = keys.map((key) => [key.name, key.scopes.join(','), key.created_at, key.expires_at ?? 'never', key.id]);
  if (json) terminal.document(JSON.stringify(keys, undefined, 2));
  else if (keys.length === 0) terminal.err('no key yet: infrafabric api-keys create NAME\n');
  else terminal.out(`${table([['NAME', 'SCOPES', 'MADE', 'EXPIRES', 'ID'], ...rows])}\n`);
  return EXIT.complete;
}

async function createKey(name: string, flags: CreateFlags, { terminal, environment }: Invocation): Promise<ExitStatus> {
  const { createApiKey, readConfig } = await import('@infrafabric/runtime');
  const config = readConfig({ flags: {}, environment });
  const { key, token } = createApiKey(config, { name, scopes: flags.scopes, days: flags.days });
  if (flags.json === true) terminal.document(JSON.stringify({ ...key, token }, undefined, 2));
  else {
    terminal.err(`key ${key.name}: ${key.scopes.join(',')}, expires ${key.expires_at ?? 'never'}; shown only now:\n`);
    terminal.out(`${token}\n`);
  }
  return EXIT.complete;
}

async function revokeKey(name: string, { terminal, environment }: Invocation): Promise<ExitStatus> {
  const { readConfig, revokeApiKey } = await import('@infrafabric/runtime');
  revokeApiKey(readConfig({ flags: {}, environment }), name);
  terminal.err(`${name} is revoked\n`);
  return EXIT.complete;
}

const words = (text: string): string[] => text.split(',').map((word) => word.trim());

function days(text: string): number {
  if (/^[1-9][0-9]{0,4}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('expected a number of days from 1 to 99999.');
}
