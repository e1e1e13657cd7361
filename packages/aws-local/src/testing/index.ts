export type { ContractCheck } from './check.ts';
export { contractClients } from './clients.ts';
export type { ClientOptions, ContractClients } from './clients.ts';
export { AWS_CONTRACT } from './contract.ts';
