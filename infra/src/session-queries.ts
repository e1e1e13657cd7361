import type { Stack } from 'aws-cdk-lib';
import { QueryDefinition, QueryString } from 'aws-cdk-lib/aws-logs';
import type { DeployedFunction } from './functions.ts';

/** Saved questions for Logs Insights, which bring together what one session or one agent said in any function. */
export function createSessionQueries(stack: Stack, prefix: string, functions: readonly DeployedFunction[]): void {
  const logGroups = functions.map(({ logGroup }) => logGroup);
  const fields = ['timestamp', 'session_id', 'agent_id', 'event_type', 'status', '@message'];
  const ask = (id: string, name: string, filterStatements: string[]): void => {
    const queryString = new QueryString({ fields, filterStatements, sort: 'timestamp asc' });
    new QueryDefinition(stack, id, { queryDefinitionName: `${prefix}/${name}`, logGroups, queryString });
  };
  ask('OneSession', 'one session (write its id)', ['session_id = "s-"']);
  ask('Failures', 'failures', ['level in ["warn", "error"]']);
}
