import type { Command } from 'commander';
import type { QuarantinedWire } from '@infrafabric/runtime';
import { withExamples } from '../examples.ts';
import { EXIT, type ExitStatus } from '../exit-status.ts';
import { withJson } from '../flags.ts';
import type { Act, Invocation } from '../invocation.ts';
import { oneLine, table } from '../table.ts';

/** `quarantine`: messages that were refused. */
export function addQuarantine(program: Command, invocation: Invocation, act: Act): void {
  const quarantine = program.command('quarantine').description('Look at messages that were refused, and why');
  const list = quarantine
    .command('ls', { isDefault: true })
    .description('List refused messages, the latest first: code, how often, when');
  withExamples(withJson(list), 'infrafabric quarantine', 'infrafabric quarantine ls --json');
  list.action((flags: { json?: boolean }) => act(() => listAll(invocation, flags.json === true)));

  const show = quarantine
    .command('show')
    .description('Show what a refused message says of itself (never believed), or its bytes')
    .argument('<sha256>', 'its hash, or the first 8 digits or more')
    .option('--raw', 'the bytes as they came, escaped as one JSON string');
  withExamples(withJson(show), 'infrafabric quarantine show 0192f0c1', 'infrafabric quarantine show 0192f0c1 --raw');
  show.action((sha256: string, flags: ShowFlags) => act(() => showOne(sha256, invocation, flags)));
}

interface ShowFlags {
  readonly json?: boolean;
  readonly raw?: boolean;
}

async function listAll({ terminal, environment }: Invocation, json: boolean): Promise<ExitStatus> {
  const { listQuarantined, readConfig } = await import('@infrafabric/runtime');
  const list = await listQuarantined(readConfig({ flags: {}, environment }));
  const rows = list.map((one) => [
    one.sha256.slice(0, 16),
    one.code,
    String(one.count),
    String(one.bytes),
    at(one.last_at_ms),
  ]);
  if (json) terminal.document(JSON.stringify(list, undefined, 2));
  else if (list.length === 0) terminal.out('no message was refused\n');
  else terminal.out(`${table([['SHA256', 'CODE', 'COUNT', 'BYTES', 'LAST'], ...rows], [2, 3])}\n`);
  return EXIT.complete;
}

async function showOne(sha256: string, { terminal, environment }: Invocation, flags: ShowFlags): Promise<ExitStatus> {
  const { quarantinedWire, readConfig } = await import('@infrafabric/runtime');
  const found = await quarantinedWire(readConfig({ flags: {}, environment }), sha256);
  const text = new TextDecoder().decode(found.wire);
  if (flags.raw === true) terminal.document(JSON.stringify(text));
  else if (flags.json === true) terminal.document(JSON.stringify({ refusals: found.refusals, claims: found.claims }));
  else terminal.out(printed(found));
  return EXIT.complete;
}

function printed({ refusals, claims }: QuarantinedWire): string {
  const lines = refusals.map(
    (one) => `${one.code}  ${one.count} times, first ${at(one.first_at_ms)}, last ${at(one.last_at_ms)}`,
  );
  const said = Object.entries(claims).map(([name, value]) => `  ${name}: ${oneLine(value)}`);
  const about =
    said.length === 0 ? ['it says nothing that can be read'] : ['it says of itself (not verified):', ...said];
  return `${[`sha256:${refusals[0]?.sha256 ?? ''}`, ...lines, ...about].join('\n')}\n`;
}

const at = (ms: number): string => new Date(ms).toISOString();
