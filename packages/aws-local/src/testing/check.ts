import type { ContractClients } from './clients.ts';

/** One behaviour of AWS, as a test that any implementation can be put to. */
export interface ContractCheck {
  readonly name: string;
  readonly service: keyof ContractClients;
  run(clients: ContractClients): Promise<void>;
}

/** Behaviours of one service, by name. */
export const checksOf = (
  service: ContractCheck['service'],
  checks: Readonly<Record<string, ContractCheck['run']>>,
): readonly ContractCheck[] => Object.entries(checks).map(([name, run]) => ({ name, service, run }));

/** Names the error a call ends with, without the prefix the query protocol gave it; `none` when it succeeds. */
export async function errorName(call: Promise<unknown>): Promise<string> {
  try {
    await call;
    return 'none';
  } catch (error) {
    return error instanceof Error ? error.name.replace('AWS.SimpleQueueService.', '') : String(error);
  }
}
