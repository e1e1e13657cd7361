import type { Command } from 'commander';
import { withExamples } from '../examples.ts';
import { EXIT, type ExitStatus } from '../exit-status.ts';
import { withJson } from '../flags.ts';
import type { Act, Invocation } from '../invocation.ts';
import { table } from '../table.ts';

/** `messages`: the signed messages a report travels with. */
export function addMessages(program: Command, invocation: Invocation, act: Act): void {
  const messages = program.command('messages').description('List or export the signed messages of a report');
  const list = messages
    .command('ls', { isDefault: true })
    .description('List the messages of a report in the order of its log')
    .argument('<dir>', 'report directory');
  withExamples(withJson(list), 'infrafabric messages ls ./out');
  list.action((dir: string, flags: { json?: boolean }) => act(() => listAll(dir, invocation, flags.json === true)));

  const show = messages
    .command('show')
    .description('Print one message byte for byte, or as a DSSE envelope that other tools verify')
    .argument('<dir>', 'report directory')
    .argument('<sha256>', 'its hash, or the first 8 digits or more')
    .option('--dsse', 'as a DSSE v1 envelope with the same signature');
  withExamples(
    show,
    'infrafabric messages show ./out 0192f0c1',
    'infrafabric messages show ./out 0192f0c1 --dsse > message.dsse.json',
  );
  show.action((dir: string, sha256: string, flags: { dsse?: boolean }) =>
    act(() => showOne(dir, sha256, invocation, flags.dsse === true)),
  );
}

async function listAll(dir: string, { terminal }: Invocation, json: boolean): Promise<ExitStatus> {
  const { listMessages } = await import('@infrafabric/runtime');
  const list = listMessages(dir);
  const rows = list.map((one) => [
    one.sha256.slice(0, 16),
    one.logged_at,
    one.direction,
    one.performative,
    one.task_id ?? '-',
    one.sender,
  ]);
  if (json) terminal.document(JSON.stringify(list, undefined, 2));
  else terminal.out(`${table([['SHA256', 'LOGGED', 'WAY', 'ACT', 'TASK', 'SENDER'], ...rows])}\n`);
  return EXIT.complete;
}

async function showOne(dir: string, sha256: string, { terminal }: Invocation, dsse: boolean): Promise<ExitStatus> {
  const { messageOf } = await import('@infrafabric/runtime');
  const { wire, envelope } = messageOf(dir, sha256);
  terminal.document(dsse ? JSON.stringify(envelope) : wire);
  return EXIT.complete;
}
