import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { goldenOf, goldenSwarm, seedsOf } from './golden.ts';
import { claimsOf } from './claims.ts';
import { refusalsOf, replaysOf } from './refusals.ts';

/* Writes the vectors of a version that has none yet; those of a published version stay as they are. `--again` before it is published. */
const VERSION = '1.0';
const swarm = goldenSwarm(VERSION);
const file = join(import.meta.dirname, `if-bus-${VERSION}.json`);
if (existsSync(file) && !process.argv.includes('--again')) {
  throw new Error(`${file} exists: a published version keeps its vectors; a new version writes a new file`);
}
const vectors = {
  if_bus: VERSION,
  now_ms: swarm.nowMs,
  seeds: seedsOf(VERSION),
  root_key_ids: [swarm.root.keyId],
  trust: swarm.trustText,
  golden: goldenOf(swarm),
  refusals: refusalsOf(swarm),
  replays: replaysOf(swarm),
  claims: claimsOf(swarm),
};
writeFileSync(file, `${JSON.stringify(vectors, undefined, 2)}\n`);
