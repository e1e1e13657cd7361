import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { ListObjectsV2Command, type S3Client } from '@aws-sdk/client-s3';
import { isTerminal, type SessionEvent, type SessionId } from '@infrafabric/protocol';
import { analyze, type Config, type Fabric, readConfig } from '@infrafabric/runtime';

const DEMO = resolve(import.meta.dirname, '../../examples/demo');

/** A data folder of its own and a small estate: one region of the demo sample and the first lines of its bill. */
export interface Installation {
  readonly home: string;
  readonly config: Config;
  readonly estate: string;
  readonly bill: string;
  readonly asOf: string;
  /** A folder for a report, absent until something writes it. */
  readonly out: (name: string) => string;
  readonly remove: () => void;
}

/** How much of the demo's bill is used. */
const BILL_LINES = 200;

/** Makes an installation in a temporary folder; `environment` is added to what configures it. */
export function installation(environment: Readonly<Record<string, string>> = {}): Installation {
  const folder = mkdtempSync(join(tmpdir(), 'infrafabric-walk-'));
  const home = join(folder, 'home');
  const estate = join(folder, 'estate');
  const bill = join(folder, 'bill.csv');
  cpSync(join(DEMO, 'estate/210987654321/eu-west-1'), join(estate, '210987654321/eu-west-1'), { recursive: true });
  const lines = readFileSync(join(DEMO, 'bill.csv'), 'utf8').split('\n').slice(0, BILL_LINES);
  writeFileSync(bill, `${lines.join('\n')}\n`);
  return {
    home,
    estate,
    bill,
    asOf: '2026-11-20',
    config: readConfig({ flags: {}, environment: { INFRAFABRIC_HOME: home, ...environment } }),
    out: (name) => join(folder, name),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** Starts an analysis; `external` leaves the work to agents the test starts. Resolves with the bytes of report.json. */
export async function report(at: Installation, name: string, external = false): Promise<string> {
  const out = at.out(name);
  await analyze(at.config, {
    estate: at.estate,
    bills: [at.bill],
    asOf: at.asOf,
    out,
    formats: [],
    external,
    observer: { event: () => undefined },
    signal: new AbortController().signal,
  });
  return readFileSync(join(out, 'report.json'), 'utf8');
}

/** What a run gives that nothing happens to; made once a test file. */
export async function undisturbedReport(): Promise<string> {
  const at = installation();
  try {
    return await report(at, 'undisturbed');
  } finally {
    at.remove();
  }
}

/** Looks again and again until there is something; the test's own time limit ends what never comes. */
export async function eventually<T>(look: () => Promise<T | undefined> | T | undefined): Promise<T> {
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** The one session of an installation, once it is there. */
export async function onlySession({ state }: Pick<Fabric, 'state'>): Promise<SessionId> {
  return eventually(async () => (await state.sessions())[0]?.session_id);
}

/** Waits until every task of these roles that is planned so far is over, and at least one is. */
export async function allOver(
  { state }: Pick<Fabric, 'state'>,
  id: SessionId,
  roles: readonly string[],
): Promise<void> {
  await eventually(async () => {
    const tasks = (await state.taskStatuses(id)).filter(({ role }) => roles.includes(role));
    const covered = roles.every((role) => tasks.some((task) => task.role === role));
    return covered && tasks.every((task) => isTerminal(task.state)) ? true : undefined;
  });
}

/** The keys of everything under a prefix of the bucket. */
export async function keysUnder(s3: S3Client, bucket: string, prefix: string): Promise<string[]> {
  const keys: string[] = [];
  let token: string | undefined;
  do {
    const page = await s3.send(
      new ListObjectsV2Command({
        Bucket: bucket,
        Prefix: prefix,
        ...(token === undefined ? {} : { ContinuationToken: token }),
      }),
    );
    keys.push(...(page.Contents ?? []).map(({ Key }) => Key ?? ''));
    token = page.NextContinuationToken;
  } while (token !== undefined);
  return keys;
}

/** An observer that keeps what it hears. */
export function listener(): { readonly events: SessionEvent[]; readonly event: (event: SessionEvent) => void } {
  const events: SessionEvent[] = [];
  return { events, event: (event) => void events.push(event) };
}
