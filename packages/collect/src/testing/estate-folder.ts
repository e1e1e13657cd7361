import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type EvidenceId, evidenceId, sha256Hex } from '@infrafabric/protocol';
import type { InputManifest } from '@infrafabric/finops';
import { CollectError } from '../errors.ts';
import { ESTATE_LIMITS, type EstateLimits } from '../estate/limits.ts';
import { readEstate } from '../estate/read-estate.ts';

/** A temporary directory with these files in it, removed by `remove`. */
export async function estateFolder(
  files: Readonly<Record<string, string | Uint8Array>>,
): Promise<{ readonly path: string; readonly remove: () => Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), 'estate-'));
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(path, name)), { recursive: true });
    await writeFile(join(path, name), content);
  }
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
}

/** Evidence in memory. */
export class MemoryEvidence {
  readonly blobs = new Map<EvidenceId, Uint8Array>();
  gets = 0;

  async put(bytes: Uint8Array): Promise<{ id: EvidenceId; fresh: boolean }> {
    const id = evidenceId(sha256Hex(bytes));
    const fresh = !this.blobs.has(id);
    this.blobs.set(id, Uint8Array.from(bytes));
    return { id, fresh };
  }

  async get(id: EvidenceId): Promise<Uint8Array> {
    this.gets += 1;
    const bytes = this.blobs.get(id);
    if (bytes === undefined) throw new Error(`no evidence ${id}`);
    return bytes;
  }

  text(id: EvidenceId): string {
    return new TextDecoder().decode(this.blobs.get(id));
  }
}

/** The code and place of the refusal that `attempt` ends in; any other error passes, success is `accepted`. */
export async function refusalOf(attempt: () => unknown): Promise<{ code: string; where: string | undefined }> {
  try {
    await attempt();
  } catch (error) {
    if (error instanceof CollectError) return { code: error.code, where: error.where };
    throw error;
  }
  return { code: 'accepted', where: undefined };
}

/** An answer with one volume. */
export const VOLUMES = '{"Volumes":[{"VolumeId":"vol-1"}]}';
const SERIES = {
  namespace: 'AWS/EC2',
  metric: 'CPUUtilization',
  dimensions: { InstanceId: 'i-1' },
  stat: 'Average',
  period_seconds: 3600,
  start: '2026-11-06T00:00:00Z',
  values: [1.5, null, 2],
};
/** A line of metrics, with these members changed. */
export const series = (changes: object = {}): string => JSON.stringify({ ...SERIES, ...changes });

/** Reads an estate of these files, with these limits changed, into memory. */
export async function read(
  files: Record<string, string | Uint8Array>,
  limits: Partial<EstateLimits> = {},
): Promise<{ manifest: InputManifest; evidence: MemoryEvidence }> {
  const folder = await estateFolder(files);
  const evidence = new MemoryEvidence();
  try {
    return { manifest: await readEstate(folder.path, evidence, { ...ESTATE_LIMITS, ...limits }), evidence };
  } finally {
    await folder.remove();
  }
}
