import type { Command } from 'commander';
import type { Decision } from '@infrafabric/runtime';
import { withExamples } from '../examples.ts';
import { EXIT, type ExitStatus } from '../exit-status.ts';
import { withJson } from '../flags.ts';
import type { Act, Invocation } from '../invocation.ts';
import { table } from '../table.ts';

interface DecideFlags {
  readonly rule?: string;
  readonly resource?: string;
  readonly reason?: string;
  readonly until?: string;
  readonly by?: string;
  readonly report?: string;
  readonly json?: boolean;
}

/** `decisions`: what people decided about findings, heeded by every later analysis. */
export function addDecisions(program: Command, invocation: Invocation, act: Act): void {
  const decisions = program
    .command('decisions')
    .description('Accept, snooze or reject findings; later analyses heed it and measure what accepted ones saved');
  const kinds = [
    ['accept', 'Say that findings will be done: they count until they are gone, then the bill shows what they saved'],
    ['snooze', 'Set findings aside until a day (--until)'],
    ['reject', 'Set findings aside for a reason (--reason), for good or until a day'],
    ['withdraw', 'Take back what was decided about findings'],
  ] as const;
  const addKind = ([decision, what]: (typeof kinds)[number]): void => {
    const command = decisions
      .command(decision)
      .description(what)
      .argument('[finding...]', 'finding ids such as f-0123456789abcdef, as the report shows them')
      .option('--rule <id>', 'instead of an id: the rule, with --resource')
      .option('--resource <key>', 'account/region/type/id, an id that one finding of the report has, or * for all')
      .option('--reason <text>', 'why')
      .option('--until <date>', 'YYYY-MM-DD, the first day on which the finding counts again')
      .option('--by <name>', 'who decides (default: the user of this machine)')
      .option('--report <id|dir>', 'the report it is about (default: of the latest session)');
    withExamples(withJson(command), ...EXAMPLES[decision]);
    command.action((findings: string[], flags: DecideFlags) =>
      act(() => decide({ ...flags, decision, findings }, invocation)),
    );
  };
  kinds.forEach(addKind);
  const list = decisions.command('list', { isDefault: true }).description('List every decision and whether it counts');
  withExamples(
    withJson(list, 'the document that analyze --decisions reads'),
    'infrafabric decisions',
    'infrafabric decisions list --json > decisions.json',
  );
  list.action((flags: { json?: boolean }) => act(() => listAll(invocation, flags.json === true)));
}

const EXAMPLES = {
  accept: ['infrafabric decisions accept f-0123456789abcdef f-fedcba9876543210'],
  snooze: ['infrafabric decisions snooze f-0123456789abcdef --until 2027-01-31 --reason "after the release"'],
  reject: [
    'infrafabric decisions reject f-0123456789abcdef --reason "kept for the audit"',
    'infrafabric decisions reject --rule ebs-unattached --resource vol-0123456789abcdef0 --reason "restore test"',
  ],
  withdraw: ['infrafabric decisions withdraw f-0123456789abcdef'],
} as const;

async function decide(
  asked: DecideFlags & { readonly decision: Decision['decision']; readonly findings: readonly string[] },
  { terminal, environment }: Invocation,
): Promise<ExitStatus> {
  const { decide: keep, readConfig } = await import('@infrafabric/runtime');
  const kept = await keep(readConfig({ flags: {}, environment }), asked);
  if (asked.json === true) terminal.document(JSON.stringify(kept, undefined, 2));
  else terminal.out(`${kept.map(lineOf).join('\n')}\n`);
  return EXIT.complete;
}

function lineOf({ decision, finding, rule, resource, until, claimed }: Decision): string {
  const end = until === undefined ? '' : ` until ${until}`;
  const claim = claimed === undefined ? '' : `; it claims ${claimed.effective} USD a month`;
  return `${decision}: ${finding} ${rule} on ${resource}${end}${claim}`;
}

async function listAll({ terminal, environment }: Invocation, json: boolean): Promise<ExitStatus> {
  const { listDecisions, readConfig } = await import('@infrafabric/runtime');
  const { document, inForce } = listDecisions(readConfig({ flags: {}, environment }));
  if (json) terminal.document(JSON.stringify(document, undefined, 2));
  else if (document.decisions.length === 0) terminal.out('nothing was decided yet\n');
  else {
    const rows = document.decisions.map((one) => [
      inForce.some((other) => other.finding === one.finding && other.at === one.at) ? 'yes' : 'no',
      one.decision,
      one.finding,
      one.rule,
      one.resource,
      one.at.slice(0, 10),
      one.by,
      one.until ?? '-',
      one.reason ?? '',
    ]);
    terminal.out(`${table([HEAD, ...rows])}\n`);
  }
  return EXIT.complete;
}

const HEAD = ['COUNTS', 'DECISION', 'FINDING', 'RULE', 'RESOURCE', 'ON', 'BY', 'UNTIL', 'REASON'];
