import type { Command } from 'commander';
import { EXIT } from '../exit-status.ts';
import type { Act, Invocation } from '../program.ts';

/** `verify`: recomputes a report offline. */
export function addVerify(program: Command, { terminal }: Invocation, act: Act): void {
  program
    .command('verify')
    .description('Recompute every figure of a report and check every signature and hash, offline')
    .argument('<dir>', 'report directory')
    .option('--root <key_id>', 'pin the root key that must have signed the trust document (ed25519:...)')
    .option('--trust <file>', 'pin the root key of this trust document instead')
    .option('--inputs <dir>', 'folder with the inputs that were too large to travel with the report')
    .option('--json', 'print one JSON document on stdout')
    .action((dir: string, options: { root?: string; trust?: string; inputs?: string; json?: boolean }) =>
      act(async () => {
        const { verifyReport } = await import('@infrafabric/runtime');
        const outcome = await verifyReport(dir, options);
        if (options.json === true) terminal.out(`${JSON.stringify(outcome, undefined, 2)}\n`);
        else terminal.out(printed(outcome, terminal.paint));
        return outcome.verdict === 'BROKEN' ? EXIT.verification : EXIT.complete;
      }),
    );
}

type Outcome = Awaited<ReturnType<typeof import('@infrafabric/runtime').verifyReport>>;

function printed(outcome: Outcome, paint: Invocation['terminal']['paint']): string {
  const verdict = outcome.verdict === 'BROKEN' ? paint('red', 'BROKEN') : paint('green', outcome.verdict);
  const root =
    outcome.root === undefined ? '' : `  root ${outcome.root.key_id}${outcome.root.pinned ? '' : ' NOT PINNED'}`;
  const { recomputed, extract, not_recomputable: not } = outcome.coverage;
  const lines = [
    `${verdict}${root}`,
    `figures: ${recomputed} recomputed, ${extract} from an extract, ${not} not recomputable here`,
    `messages: ${outcome.messages} signed messages, ${outcome.evidence} pieces of evidence`,
    ...outcome.warnings.map((warning) => `${paint('yellow', 'warning')}: ${warning}`),
    ...outcome.problems.map(({ code, where, message }) => `${paint('red', code)} ${where}: ${message}`),
  ];
  return `${lines.join('\n')}\n`;
}
