import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { GetObjectCommand, HeadObjectCommand } from '@aws-sdk/client-s3';
import type { TestDeployment } from '@infrafabric/lambda/testing';
import { isSessionOver, type SessionRecord, type StateStore } from '@infrafabric/protocol';
import { analyze, DEMO_AS_OF, demoInputs, readConfig, verifyReport } from '@infrafabric/runtime';
import { dynamoDeadLetters, dynamoState } from '@infrafabric/store';
import { keysUnder } from './installation.ts';

/** The bytes of report.json of the demo as the command line makes it, in a data folder of its own. */
export async function reportOfCli(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'infrafabric-cli-'));
  try {
    await analyze(readConfig({ flags: {}, environment: { INFRAFABRIC_HOME: join(folder, 'home') } }), {
      ...demoInputs(),
      asOf: DEMO_AS_OF,
      out: join(folder, 'out'),
      formats: [],
      external: false,
      observer: { event: () => undefined },
      signal: new AbortController().signal,
    });
    return readFileSync(join(folder, 'out/report.json'), 'utf8');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The state of a deployment. */
export function stateOf({ clients, addresses, config }: TestDeployment): StateStore {
  return dynamoState({ client: clients.dynamodb, table: addresses.tableName, tenant: config.tenant });
}

/** Whether every session is over, and the report of each is kept. */
export async function allEnded(deployment: TestDeployment): Promise<boolean> {
  const sessions = await stateOf(deployment).sessions();
  if (sessions.length === 0 || !sessions.every(({ state }) => isSessionOver(state))) return false;
  const { s3 } = deployment.clients;
  const kept = await keysUnder(s3, deployment.addresses.bucketName, 't/local/report/');
  return sessions.every(({ session_id }) => kept.includes(`t/local/report/${session_id}/ended.json`));
}

/** A kept report: how it verifies under the root of the deployment, and the bytes of its report.json. */
export async function keptReport(
  { clients, addresses, rootKeyId }: TestDeployment,
  { session_id }: Pick<SessionRecord, 'session_id'>,
): Promise<{ verdict: string; problems: readonly unknown[]; reportJson: string }> {
  const folder = mkdtempSync(join(tmpdir(), 'infrafabric-kept-'));
  const prefix = `t/local/report/${session_id}/`;
  try {
    const keys = await keysUnder(clients.s3, addresses.bucketName, prefix);
    for (const Key of keys.filter((key) => key !== `${prefix}ended.json`)) {
      const { Body } = await clients.s3.send(new GetObjectCommand({ Bucket: addresses.bucketName, Key }));
      const path = join(folder, Key.slice(prefix.length));
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, (await Body?.transformToByteArray()) ?? '');
    }
    const { verdict, problems } = await verifyReport(folder, { root: rootKeyId });
    return { verdict, problems, reportJson: readFileSync(join(folder, 'report.json'), 'utf8') };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The code of each quarantined wire. */
export async function quarantinedCodes({ clients, addresses }: TestDeployment): Promise<string[]> {
  const keys = await keysUnder(clients.s3, addresses.bucketName, 't/local/quarantine/');
  const codes = keys.map(async (Key) => {
    const { Metadata } = await clients.s3.send(new HeadObjectCommand({ Bucket: addresses.bucketName, Key }));
    return Metadata?.['code'] ?? '';
  });
  return (await Promise.all(codes)).sort();
}

/** How many dead letters are kept, by role. */
export async function deadLetters({ clients, addresses, config }: TestDeployment): Promise<Record<string, number>> {
  const { dynamodb: client } = clients;
  const clock = { nowMs: () => Date.now() };
  const at = { client, table: addresses.tableName, tenant: config.tenant, clock, keepMs: 86_400_000 };
  const letters = await dynamoDeadLetters(at).list();
  const byRole = Map.groupBy(letters, ({ role }) => role);
  return Object.fromEntries([...byRole].map(([role, kept]) => [role, kept.length]));
}
