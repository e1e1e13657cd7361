/* Prints how long verify takes for a report of 10,000 claims, and how many of 1,000 one-byte changes it catches. */
import { folderOf, type ReportFiles, verify } from '../src/index.ts';
import { aReportFolder, aSmallSession, aVolumeItem } from '../src/testing/index.ts';

const VOLUMES = 11_000;
const CHANGES = 1_000;

const volumes = Array.from({ length: VOLUMES }, (_, at) => aVolumeItem(at + 1, { Size: 1 + (at % 900) }));
const built = timed(() => aReportFolder(aSmallSession({ volumes })));
const session = aSmallSession();
const options = { root: session.swarm.root.keyId, nowMs: session.swarm.nowMs };
const start = performance.now();
const outcome = await verify(folderOf(built.value), options);
const verifyMs = performance.now() - start;

print(
  `built ${outcome.claims} claims in ${built.value.size} files, ${mib(built.value)} MiB, in ${built.ms.toFixed(0)} ms`,
);
print(
  `verify: ${outcome.verdict}, ${outcome.coverage.recomputed} figures recomputed in ${(verifyMs / 1000).toFixed(2)} s`,
);
print(
  `        ${(5000 / verifyMs).toFixed(1)} x inside the bar of 5 s; RSS ${(process.memoryUsage.rss() / 2 ** 20).toFixed(0)} MiB`,
);
print(`one-byte changes caught: ${await caught(aReportFolder(session))} of ${CHANGES}`);

async function caught(files: ReportFiles): Promise<number> {
  const paths = [...files.keys()];
  let found = 0;
  for (let change = 0; change < CHANGES; change += 1) {
    const path = paths[change % paths.length] ?? '';
    const bytes = files.get(path)?.slice() ?? new Uint8Array();
    const at = (change * 7919) % bytes.length;
    bytes[at] = (bytes[at] ?? 0) ^ (1 << (change % 8));
    const { verdict } = await verify(folderOf(new Map(files).set(path, bytes)), options);
    if (verdict === 'BROKEN') found += 1;
  }
  return found;
}

function timed<T>(act: () => T): { value: T; ms: number } {
  const from = performance.now();
  const value = act();
  return { value, ms: performance.now() - from };
}

function mib(files: ReportFiles): string {
  const bytes = [...files.values()].reduce((sum, file) => sum + file.length, 0);
  return (bytes / 2 ** 20).toFixed(1);
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
