import { type JsonValue, isJsonObject } from '@infrafabric/protocol';
import { CollectError } from '../errors.ts';
import { type AskPorts, askAllPages } from './asker.ts';
import { failureError } from './aws-failure.ts';
import { getCallerIdentity, listAccounts } from './own-reads.ts';

/** Whose credentials these are. */
export interface Identity {
  readonly account: string;
  readonly arn: string;
  /** `aws`, `aws-cn` or `aws-us-gov`, out of the ARN. */
  readonly partition: string;
}

/** A named read-only role that every member account has, and the secret between us and its trust policy. */
export interface MemberRole {
  readonly roleName: string;
  readonly externalId: string;
}

/**
 * Whose credentials these are.
 *
 * @throws CollectError `AWS_CREDENTIALS` and the other codes of a call that failed.
 */
export async function identityOf(ports: AskPorts): Promise<Identity> {
  const asked = await askAllPages(getCallerIdentity, { account: 'unknown', region: 'us-east-1', input: {} }, ports);
  if (asked.failed !== undefined) throw failureError(asked.failed.failure, getCallerIdentity);
  const { Account: account, Arn: arn } = asked.pages[0]?.answer ?? {};
  if (typeof account !== 'string' || !/^[0-9]{12}$/.test(account) || typeof arn !== 'string') throw noIdentity();
  return { account, arn, partition: arn.split(':')[1] || 'aws' };
}

/**
 * The active accounts of the organisation and the one asked, sorted; needs the credentials of its management account or a delegate.
 *
 * @throws CollectError as the listing failed.
 */
export async function organizationAccounts(account: string, ports: AskPorts): Promise<string[]> {
  const asked = await askAllPages(listAccounts, { account, region: 'us-east-1', input: {} }, ports);
  if (asked.failed !== undefined) throw failureError(asked.failed.failure, listAccounts);
  const active = asked.pages.flatMap(({ answer }) => activeIds(answer['Accounts']));
  return [...new Set([account, ...active])].sort();
}

/** ARN of the role to assume in a member account. Form: IAM User Guide, IAM ARNs, 2026-11-20. */
export function memberRoleArn(account: string, role: MemberRole, partition: string): string {
  return `arn:${partition}:iam::${account}:role/${role.roleName}`;
}

function activeIds(accounts: JsonValue | undefined): string[] {
  return (Array.isArray(accounts) ? accounts : []).flatMap((account) => {
    const { Id, Status, State } = isJsonObject(account) ? account : {};
    return typeof Id === 'string' && (State ?? Status) === 'ACTIVE' ? [Id] : [];
  });
}

function noIdentity(): CollectError {
  return new CollectError('AWS_CREDENTIALS', {
    message: 'expected an account id of 12 digits, got something else',
    where: getCallerIdentity.id,
    fix: 'check the endpoint: AWS_ENDPOINT_URL may point at something that is not AWS',
  });
}
