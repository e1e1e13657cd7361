import type { Command } from 'commander';
import { withExamples } from '../examples.ts';
import { EXIT, type ExitStatus } from '../exit-status.ts';
import { withJson } from '../flags.ts';
import type { Act, Invocation } from '../invocation.ts';
import { planText } from '../plan-text.ts';

interface Flags {
  readonly step?: string;
  readonly json?: boolean;
}

/** `plan`: what to do about the findings of a report, in the order of work, with lines to copy. Nothing is run. */
export function addPlan(program: Command, invocation: Invocation, act: Act): void {
  const plan = program
    .command('plan')
    .description(
      'Print what to do about a report: steps in the order of work, with AWS CLI lines to copy; runs nothing',
    )
    .argument('<dir>', 'a report directory, which is read and not verified')
    .option('--step <number>', 'this step only, with the lines of all its resources');
  withExamples(withJson(plan, 'the plan'), 'infrafabric plan ./out', 'infrafabric plan ./out --step 1 > step-1.sh');
  plan.action((dir: string, flags: Flags) => act(() => print(dir, flags, invocation)));
}

async function print(dir: string, { step, json }: Flags, { terminal }: Invocation): Promise<ExitStatus> {
  const { readReport, RuntimeError } = await import('@infrafabric/runtime');
  const { action_plan: plan } = readReport(dir).report;
  const steps = step === undefined ? plan.steps : plan.steps.filter((one) => String(one.order) === step);
  if (step !== undefined && steps.length === 0) {
    throw new RuntimeError('CONFIG_INVALID', {
      message: `expected a step from 1 to ${plan.steps.length}, got "${step.slice(0, 40)}"`,
      where: '--step',
      fix: `infrafabric plan ${dir}`,
    });
  }
  if (json === true) terminal.document(JSON.stringify({ ...plan, steps }, undefined, 2));
  else terminal.out(planText(steps, { withLines: step !== undefined }));
  return EXIT.complete;
}
