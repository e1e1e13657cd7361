import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { acceptedSession, examine } from './examine.ts';
import { broken, endedWrong, type Fire, type Outcome, type Problem } from './scenario.ts';
import { analysisArgs, openScene, resumeArgs, type Scene } from './scene.ts';

/** A file system of its own that is nearly full. */
interface SmallDisk {
  readonly folder: string;
  /** Leaves so many bytes free. */
  readonly fill: (freeBytes: number) => void;
  readonly clear: () => void;
  readonly remove: () => void;
}

/** Which folder is on a disk that fills up. */
export type Full = 'home' | 'out';

const MIB = 1024 * 1024;

/**
 * The disk of the data folder, or of the report, is full in the middle of an analysis: it says so, leaves nothing half-written,
 * and once there is space the session is finished with the same bytes.
 */
export async function runDiskFull(full: Full, { random, expected }: Fire): Promise<Outcome> {
  const scene = openScene();
  let disk: SmallDisk | undefined;
  try {
    disk = smallDisk(full === 'home' ? scene.at.home : join(dirname(scene.at.home), 'disk'));
    if (disk === undefined)
      return { ...scene.outcome([]), skipped: 'this machine does not let us mount a file system' };
    const out = full === 'home' ? 'out' : 'disk/out';
    const problems = full === 'home' ? [] : await writtenBefore(scene, out);
    const free = full === 'home' ? MIB / 8 + random() * 2 * MIB : (random() * MIB) / 4;
    disk.fill(Math.floor(free));
    problems.push(...(await fails(scene, out)), ...halfWritten(scene, disk, full, expected.report));
    disk.clear();
    problems.push(...(await finishes(scene, out)));
    return scene.outcome([
      ...problems,
      ...(await examine(scene, { report: expected.report, outs: [out], attempts: 7 })),
    ]);
  } finally {
    disk?.remove();
    scene.remove();
  }
}

function smallDisk(folder: string): SmallDisk | undefined {
  mkdirSync(folder, { recursive: true });
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=24m,mode=0700', 'tmpfs', folder], { stdio: 'pipe' });
  } catch {
    return undefined; // not root, or no such file system here
  }
  const filler = join(folder, 'filler');
  return {
    folder,
    fill(freeBytes) {
      const { bavail, bsize } = statfsSync(folder);
      writeFileSync(filler, Buffer.alloc(Math.max(0, bavail * bsize - freeBytes)));
    },
    clear: () => rmSync(filler),
    remove: () => void execFileSync('umount', ['-l', folder]),
  };
}

/** A report that is there already, which a failed one must leave alone. */
async function writtenBefore(scene: Scene, out: string): Promise<Problem[]> {
  const child = scene.start(analysisArgs(scene, out));
  const status = await child.ended;
  return status === 0 ? [] : [endedWrong('analyze before the disk was full', status, child.lines)];
}

async function fails(scene: Scene, out: string): Promise<Problem[]> {
  const child = scene.start(analysisArgs(scene, out));
  const status = await child.ended;
  const said = child.lines.join('\n');
  if (status === 6 && said.includes('DISK_FULL')) return [];
  return [endedWrong('analyze on a full disk', status, child.lines)];
}

function halfWritten(scene: Scene, disk: SmallDisk, full: Full, report: string): Problem[] {
  if (full === 'home') return existsSync(scene.at.out('out')) ? [broken('a full disk left a report')] : [];
  const left = readdirSync(disk.folder).filter((name) => name !== 'filler' && name !== 'out');
  const old = readFileSync(join(scene.at.out('disk/out'), 'report.json'), 'utf8');
  return [
    ...(left.length === 0 ? [] : [broken(`a full disk left ${left.join(', ')}`)]),
    ...(old === report ? [] : [broken('a full disk spoiled the report that was there')]),
  ];
}

async function finishes(scene: Scene, out: string): Promise<Problem[]> {
  const session = await acceptedSession(scene);
  const args = session === undefined ? analysisArgs(scene, out) : resumeArgs(scene, session.session_id, out);
  const child = scene.start(args);
  const status = await child.ended;
  return status === 0 ? [] : [endedWrong('the run after there was space', status, child.lines)];
}
