import type { ResourceType } from '../model/resource.ts';

/** Which resource an ARN names, by the id our inventory gives it. */
export interface Named {
  readonly account: string;
  readonly region: string;
  readonly id: string;
}

/** Kinds that go by their whole ARN in the inventory. */
const BY_ARN: ReadonlySet<string> = new Set<ResourceType>(['EcsService', 'LoadBalancer', 'TargetGroup', 'Secret']);

/** Reads `arn:<partition>:<service>:<region>:<account>:<resource>`; `undefined` when it is none. */
export function namedBy(arn: string, type: string): Named | undefined {
  const [, region, account, resource] = /^arn:[^:]+:[^:]+:([^:]*):([^:]*):(.+)$/s.exec(arn) ?? [];
  if (region === undefined || account === undefined || resource === undefined) return undefined;
  const called = /^function:([^:]+)/.exec(resource)?.[1];
  const last = resource.split(/[/:]/).at(-1) ?? resource;
  return { region, account, id: BY_ARN.has(type) ? arn : (called ?? last) };
}
