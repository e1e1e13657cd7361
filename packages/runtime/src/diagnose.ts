import { statfsSync } from 'node:fs';
import { isInfraFabricError } from '@infrafabric/protocol';
import type { Config } from './config/config.ts';
import { type Fabric, openFabric } from './fabric.ts';

/** One thing that was checked. */
export interface Check {
  readonly name: string;
  readonly ok: boolean;
  readonly detail: string;
  readonly fix?: string;
}

/** Oldest Node an installed package runs on: node:sqlite without a flag (Node 22.13 release notes, 2025-01). */
const MIN_NODE = [22, 13] as const;

/** Less free space than this is too little for an estate, its evidence and its report. */
const MIN_FREE_BYTES = 512 * 1024 * 1024;

/** Checks this machine the way an analysis would use it. Never throws: a failed check says what to do. */
export async function diagnose(config: Config): Promise<Check[]> {
  const node = nodeCheck(process.versions.node);
  if (!node.ok) return [node];
  const name = config.mode === 'aws' ? 'AWS' : 'embedded AWS';
  const opened = await attempt(name, async () => openFabric(config));
  if ('ok' in opened) return [node, opened];
  try {
    const checks = await Promise.all(
      CHECKS.map(async ([name, check]) => {
        const result = await attempt(name, () => check(opened));
        return 'ok' in result ? result : { name, ok: true, ...result };
      }),
    );
    return [node, ...checks];
  } finally {
    await opened.close();
  }
}

type Passed = Pick<Check, 'detail'>;

const CHECKS: readonly (readonly [name: string, check: (fabric: Fabric) => Promise<Passed | Check>])[] = [
  ['data folder', (fabric) => Promise.resolve({ detail: fabric.home.path })],
  ['free space', spaceCheck],
  ['keys', keyCheck],
  ['queues (SQS)', queueCheck],
  ['state (DynamoDB)', stateCheck],
  ['evidence (S3)', evidenceCheck],
];

/** What a step answers, or the failed check its error makes. */
async function attempt<T extends object>(name: string, step: () => Promise<T>): Promise<T | Check> {
  try {
    return await step();
  } catch (error) {
    const fix = 'see the message; INFRAFABRIC_HOME chooses another data folder';
    if (!isInfraFabricError(error)) {
      return { name, ok: false, detail: error instanceof Error ? error.message : String(error), fix };
    }
    const where = error.where === undefined ? '' : ` (${error.where})`;
    return { name, ok: false, detail: `${error.code}: ${error.message}${where}`, fix: error.fix ?? fix };
  }
}

function nodeCheck(version: string): Check {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const ok = major > MIN_NODE[0] || (major === MIN_NODE[0] && minor >= MIN_NODE[1]);
  return { name: 'Node', ok, detail: version, fix: `install Node ${MIN_NODE.join('.')} or later` };
}

async function spaceCheck({ home }: Fabric): Promise<Check> {
  const { bavail, bsize } = statfsSync(home.path);
  const freeBytes = bavail * bsize;
  const detail = `${Math.floor(freeBytes / 1024 ** 2)} MiB`;
  return { name: 'free space', ok: freeBytes >= MIN_FREE_BYTES, detail, fix: 'free at least 512 MiB' };
}

/** Opening the fabric verified the trust document under the root key; a role without a key would have ended it. */
async function keyCheck({ keys, clock }: Fabric): Promise<Passed> {
  const days = Math.floor((keys.trust.expiresAtMs - clock.nowMs()) / 86_400_000);
  return { detail: `root ${keys.rootKeyId}, trust version ${keys.trust.version}, ${days} days left` };
}

/** A dead letter is a message nobody could handle; its session names the gap, so it is told and no failure of the machine. */
async function queueCheck({ addresses, deadLetters }: Fabric): Promise<Passed> {
  const queues = Object.values(addresses.deadLetterUrls).length;
  const open = (await deadLetters.list()).filter(({ redriven_as }) => redriven_as === undefined);
  return { detail: `${queues} queues, ${open.length} dead letters` };
}

async function stateCheck({ state }: Fabric): Promise<Passed> {
  return { detail: `${(await state.sessions()).length} sessions` };
}

async function evidenceCheck({ evidence }: Fabric): Promise<Passed> {
  const { id } = await evidence.put(new TextEncoder().encode('infrafabric doctor'));
  await evidence.get(id);
  return { detail: `wrote and read ${id}` };
}
