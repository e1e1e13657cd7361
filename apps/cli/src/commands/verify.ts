import type { Command } from 'commander';
import type { VerifyOutcome } from '@infrafabric/runtime';
import { withExamples } from '../examples.ts';
import { EXIT, type ExitStatus } from '../exit-status.ts';
import { withJson } from '../flags.ts';
import type { Act, Invocation } from '../invocation.ts';
import { oneLine } from '../table.ts';
import type { Terminal } from '../terminal.ts';

interface Flags {
  readonly root?: string;
  readonly trust?: string;
  readonly inputs?: string;
  readonly json?: boolean;
}

/** `verify`: recomputes a report offline. */
export function addVerify(program: Command, invocation: Invocation, act: Act): void {
  const verify = program
    .command('verify')
    .description('Recompute every figure of a report and check every signature and hash, offline')
    .argument('<dir>', 'report directory')
    .option('--root <key_id>', 'pin the root key that must have signed the trust document (ed25519:...)')
    .option('--trust <file>', 'pin the root key of this trust document instead')
    .option('--inputs <dir>', 'folder with the inputs that were too large to travel with the report');
  withExamples(
    withJson(verify),
    'infrafabric verify ./out',
    'infrafabric verify ./out --root ed25519:0123456789abcdef0123456789abcdef',
  );
  verify.action((dir: string, flags: Flags) => act(() => verifyFolder(dir, flags, invocation)));
}

async function verifyFolder(dir: string, flags: Flags, { terminal }: Invocation): Promise<ExitStatus> {
  const { verifyReport } = await import('@infrafabric/runtime');
  const outcome = await verifyReport(dir, flags);
  if (flags.json === true) terminal.document(JSON.stringify(outcome, undefined, 2));
  else terminal.out(printed(outcome, terminal.paint));
  return outcome.verdict === 'BROKEN' ? EXIT.verification : EXIT.complete;
}

/** How many problems are printed; `--json` has them all. */
const SHOWN = 50;

function printed({ verdict, root, coverage, ...outcome }: VerifyOutcome, paint: Terminal['paint']): string {
  const rootText = root === undefined ? '' : `  root ${root.key_id}${root.pinned ? '' : ' NOT PINNED'}`;
  const { recomputed, extract, not_recomputable } = coverage;
  const more = outcome.problems.length - SHOWN;
  const lines = [
    `${paint(verdict === 'BROKEN' ? 'red' : 'green', verdict)}${rootText}`,
    `figures: ${recomputed} recomputed, ${extract} from an extract, ${not_recomputable} not recomputable here`,
    `messages: ${outcome.messages} signed messages, ${outcome.evidence} pieces of evidence`,
    ...outcome.warnings.map((warning) => `${paint('yellow', 'warning')}: ${oneLine(warning)}`),
    ...outcome.problems
      .slice(0, SHOWN)
      .map(({ code, where, message }) => `${paint('red', code)} ${oneLine(where)}: ${oneLine(message)}`),
    ...(more > 0 ? [`… and ${more} more problems; --json lists them all`] : []),
  ];
  return `${lines.join('\n')}\n`;
}
