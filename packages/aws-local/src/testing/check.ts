import type { ContractClients } from './clients.ts';

/** One behaviour of AWS, as a test that any implementation can be put to. */
export interface ContractCheck {
  readonly name: string;
  readonly service: keyof ContractClients;
  run(clients: ContractClients): Promise<void>;
}

/** Names the error a call ends with, without the prefix the query protocol gave it; `none` when it succeeds. */
export async function errorName(call: Promise<unknown>): Promise<string> {
  try {
    await call;
    return 'none';
  } catch (error) {
    return error instanceof Error ? error.name.replace('AWS.SimpleQueueService.', '') : String(error);
  }
}
