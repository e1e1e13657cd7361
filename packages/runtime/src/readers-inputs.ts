import { createHash } from 'node:crypto';
import { createReadStream, readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readBills } from '@infrafabric/collect';
import { type EvidenceId, evidenceId, sha256Hex } from '@infrafabric/protocol';
import type { VerifyOptions } from '@infrafabric/report';

/**
 * What a reader of a report has of its inputs, by content: names and places do not matter, sizes neither.
 *
 * Every file below `dir` is hashed once, block by block.
 */
export async function readersInputs(dir: string): Promise<Pick<VerifyOptions, 'findInput' | 'remakeExtract'>> {
  const byHash = new Map<string, string>();
  for (const path of filesBelow(dir)) byHash.set(await hashOf(path), path);
  return {
    findInput: async (hex) => {
      const path = byHash.get(hex);
      return path === undefined ? undefined : readFile(path);
    },
    remakeExtract: async ({ sha256 }) => {
      const path = byHash.get(sha256);
      return path === undefined ? undefined : mergedAgain(path);
    },
  };
}

/** The evidence a bill gives when it is read now; nothing is stored. Rates do not matter here, so any currency may stand. */
async function mergedAgain(path: string): Promise<readonly EvidenceId[]> {
  const made: EvidenceId[] = [];
  const put = (bytes: Uint8Array): Promise<{ id: EvidenceId; fresh: boolean }> => {
    const id = evidenceId(sha256Hex(bytes));
    made.push(id);
    return Promise.resolve({ id, fresh: true });
  };
  await readBills({ paths: [path], checksCurrencies: false }, { put });
  return made;
}

async function hashOf(path: string): Promise<string> {
  const hash = createHash('sha256');
  const blocks: AsyncIterable<Uint8Array> = createReadStream(path);
  for await (const block of blocks) hash.update(block);
  return hash.digest('hex');
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return filesBelow(path);
    return entry.isFile() ? [path] : [];
  });
}
