import type { Command } from 'commander';
import { withExamples } from '../examples.ts';
import { EXIT, type ExitStatus } from '../exit-status.ts';
import { type LiveFlags, liveSettings, withLiveFlags } from '../flags.ts';
import type { Act, Invocation } from '../invocation.ts';
import { untilStopped } from '../stop-signal.ts';

interface CollectFlags extends LiveFlags {
  readonly out: string;
  readonly agents?: string;
  readonly allowGaps?: boolean;
  readonly redact?: boolean;
}

/** `collect` and `iam-policy`: an account as an estate directory, and the permission that takes. */
export function addCollect(program: Command, invocation: Invocation, act: Act): void {
  const command = program
    .command('collect')
    .description('Write what AWS answers, minus secrets, as an estate directory; describes, lists and gets only')
    .requiredOption('--out <dir>', 'where to write: absent or empty')
    .option('--agents <list>', 'collect only what these need: pricing,rightsizing,upgrade-risk,budget (default: all)')
    .option('--allow-gaps', 'exit 0 although something could not be read')
    .option(
      '--redact',
      'replace account ids, ARNs and names by keyed handles, the same in every file; the key stays here',
    );
  withExamples(
    withLiveFlags(command),
    'infrafabric collect --out ./dump --profile audit --max-aws-usd 1',
    'infrafabric collect --out ./to-share --redact',
    'infrafabric analyze --estate ./dump',
  );
  command.action((flags: CollectFlags) => act(() => collect(flags, invocation)));

  const policy = program
    .command('iam-policy')
    .description('Print the exact read-only policy a live collection needs')
    .option('--agents <list>', 'only what these need: pricing,rightsizing,upgrade-risk,budget (default: all)');
  withExamples(policy, 'infrafabric iam-policy > policy.json', 'infrafabric iam-policy --agents rightsizing');
  policy.action((flags: { agents?: string }) => act(() => printPolicy(flags.agents, invocation)));
}

async function collect(flags: CollectFlags, { terminal, environment }: Invocation): Promise<ExitStatus> {
  const signal = untilStopped(terminal, 'stopping the collection; what was written stays');
  const { collectEstate, readConfig } = await import('@infrafabric/runtime');
  const config = readConfig({ flags: { agents: flags.agents, ...liveSettings(flags) }, environment });
  const notice = (line: string): void => terminal.err(`${line}\n`);
  const { manifest, gaps, calls, cacheHits, spent } = await collectEstate(config, {
    out: flags.out,
    redact: flags.redact === true,
    signal,
    notice,
  });
  for (const one of manifest.failed) {
    const { account = '', region, client, operation, error_code } = one;
    notice(`${gaps.includes(one) ? 'failed' : 'noted'}: ${account}/${region} ${client}.${operation}: ${error_code}`);
  }
  terminal.out(
    `${manifest.files.length} files in ${flags.out}; ${calls} calls, ${cacheHits} answers from the cache, ${spent} USD of paid reads\n`,
  );
  return gaps.length > 0 && flags.allowGaps !== true ? EXIT.gaps : EXIT.complete;
}

async function printPolicy(agents: string | undefined, { terminal, environment }: Invocation): Promise<ExitStatus> {
  const { iamPolicy, readConfig } = await import('@infrafabric/runtime');
  const { roles } = readConfig({ flags: { agents }, environment });
  terminal.document(JSON.stringify(await iamPolicy(roles), undefined, 2));
  return EXIT.complete;
}
