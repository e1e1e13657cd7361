import type { Server } from 'node:http';
// @ts-expect-error dynalite ships no types
import dynalite from 'dynalite';
import { buildApp } from 'fauxqs';
import { type ContractClients, contractClients } from './clients.ts';

/** Another implementation of SNS, SQS, S3 (fauxqs) and DynamoDB (dynalite), each on a port of 127.0.0.1. */
export interface SecondImplementation {
  readonly clients: ContractClients;
  close(): Promise<void>;
}

/** Starts it, in memory. fauxqs' own starter listens to every address, so its app is given a listener of ours. */
export async function secondImplementation(): Promise<SecondImplementation> {
  const fauxqs = buildApp({ logger: false });
  const messaging = await fauxqs.listen({ port: 0, host: '127.0.0.1' });
  const tables = startDynalite();
  const database = await tables.endpoint;
  return {
    clients: contractClients({ endpoint: messaging }, { endpoint: database }),
    close: async () => {
      await fauxqs.close();
      await tables.close();
    },
  };
}

function startDynalite(): { endpoint: Promise<string>; close(): Promise<void> } {
  const make: (options: object) => Server = dynalite;
  const server = make({ createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 });
  return {
    endpoint: new Promise((resolve) => {
      server.listen(0, '127.0.0.1', () => {
        const address = server.address();
        resolve(`http://127.0.0.1:${typeof address === 'object' ? address?.port : address}`);
      });
    }),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
