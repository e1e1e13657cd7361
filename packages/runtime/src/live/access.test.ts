import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { readConfig } from '../config/config.ts';
import { openLiveAccess } from './access.ts';

const MEMBER = '222222222222';
const asked: URLSearchParams[] = [];
const home = mkdtempSync(join(tmpdir(), 'live-access-'));

/** STS as its API reference shows the two answers. */
const sts = createServer((incoming, outgoing) => {
  let body = '';
  incoming.on('data', (part: Buffer) => (body += part.toString()));
  incoming.on('end', () => {
    const form = new URLSearchParams(body);
    asked.push(form);
    outgoing.writeHead(200, { 'content-type': 'text/xml' });
    outgoing.end(ANSWERS[form.get('Action') ?? '']);
  });
});

beforeEach(async () => {
  asked.length = 0;
  await new Promise<void>((resolve) => sts.listen(0, '127.0.0.1', resolve));
  vi.stubEnv('AWS_ENDPOINT_URL', `http://127.0.0.1:${(sts.address() as AddressInfo).port}`);
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'reader');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'reader');
});
afterEach(async () => {
  vi.unstubAllEnvs();
  sts.closeAllConnections();
  await new Promise((resolve) => sts.close(resolve));
  rmSync(home, { recursive: true, force: true });
});

test.each([
  ['between-us', 'between-us'],
  ['', null],
])('a member account is read by its role, with the ExternalId %j', async (externalId, sent) => {
  const environment = {
    INFRAFABRIC_HOME: home,
    INFRAFABRIC_MEMBER_ROLE: 'audit',
    ...(externalId === '' ? {} : { INFRAFABRIC_EXTERNAL_ID: externalId }),
  };
  const access = await openLiveAccess(readConfig({ flags: {}, environment }));
  try {
    const { credentials } = access.settingsOf(MEMBER);
    expect(typeof credentials).toBe('function');
    const got = typeof credentials === 'function' ? await credentials() : undefined;
    expect(got).toMatchObject({ accessKeyId: 'ASIAMEMBER', sessionToken: 'token' });
    const { Action, RoleArn, ...rest } = Object.fromEntries(asked.at(-1) ?? []);
    expect([Action, RoleArn]).toStrictEqual(['AssumeRole', `arn:aws:iam::${MEMBER}:role/audit`]);
    expect(rest['ExternalId'] ?? null).toBe(sent);
  } finally {
    await access.close();
  }
});

const ANSWERS: Readonly<Record<string, string>> = {
  GetCallerIdentity: `<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult>
    <Arn>arn:aws:iam::111111111111:user/reader</Arn><UserId>U</UserId><Account>111111111111</Account>
    </GetCallerIdentityResult><ResponseMetadata><RequestId>1</RequestId></ResponseMetadata></GetCallerIdentityResponse>`,
  AssumeRole: `<AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult>
    <AssumedRoleUser><Arn>arn:aws:sts::222222222222:assumed-role/audit/x</Arn><AssumedRoleId>A:x</AssumedRoleId></AssumedRoleUser>
    <Credentials><AccessKeyId>ASIAMEMBER</AccessKeyId><SecretAccessKey>secret</SecretAccessKey><SessionToken>token</SessionToken>
    <Expiration>2999-01-01T00:00:00Z</Expiration></Credentials>
    </AssumeRoleResult><ResponseMetadata><RequestId>2</RequestId></ResponseMetadata></AssumeRoleResponse>`,
};
