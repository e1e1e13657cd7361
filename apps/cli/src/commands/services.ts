import type { Command } from 'commander';
import type { ListedService } from '@infrafabric/runtime';
import { withExamples } from '../examples.ts';
import { EXIT, type ExitStatus } from '../exit-status.ts';
import { withJson } from '../flags.ts';
import type { Act, Invocation } from '../invocation.ts';
import { table } from '../table.ts';

interface Asked {
  readonly category?: string;
  readonly json?: boolean;
}

/** `services`: the AWS services a bill can name, and which of them the checks judge. */
export function addServices(program: Command, invocation: Invocation, act: Act): void {
  const services = program
    .command('services')
    .description('List the AWS services a bill can name, by category, and whether checks exist for each')
    .option('--category <name>', 'only this category, such as Compute');
  withExamples(withJson(services), 'infrafabric services --category Database', 'infrafabric services --json');
  services.action((asked: Asked) => act(() => listServices(asked, invocation)));
}

async function listServices({ category, json }: Asked, { terminal }: Invocation): Promise<ExitStatus> {
  const { listServices: listed } = await import('@infrafabric/runtime');
  const described = listed(category);
  if (json === true) terminal.document(JSON.stringify(described, undefined, 2));
  else terminal.out(`${table([HEAD, ...described.map(row)])}\n`);
  return EXIT.complete;
}

const HEAD = ['CATEGORY', 'SERVICE', 'PRODUCT CODE', 'SERVICECATEGORY', 'BILLED BY', 'CHECKS'];

function row(service: ListedService): string[] {
  const { category, name, productCode, serviceCategory, billingUnit, metadata, rules } = service;
  const unit = metadata === 'explicit' ? billingUnit : `${billingUnit} (default)`;
  return [
    category,
    name,
    productCode ?? '-',
    serviceCategory,
    unit,
    rules.length === 0 ? 'none' : String(rules.length),
  ];
}
