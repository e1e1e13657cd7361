import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { infrafabric, ROOT } from './testing/command.ts';

/** The oldest Node an installed package runs on. */
const OLDEST = '22.13.0';

const folder = mkdtempSync(join(tmpdir(), 'infrafabric-pack-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const oldNode = oldestNode();
const reason = typeof oldNode === 'string' ? '' : ` (skipped: ${oldNode.because})`;
if (reason !== '') console.log(`pack.test.ts${reason}`);

test.skipIf(reason !== '')(
  `the packed tarball runs by npx in an empty folder, with an empty home, on Node ${OLDEST}${reason}`,
  async () => {
    const [dist, empty, home] = ['dist', 'empty', 'home'].map((name) => join(folder, name)) as [string, string, string];
    for (const path of [dist, empty, home]) mkdirSync(path);
    const built = spawnSync(process.execPath, [join(ROOT, 'apps/cli/build/main.ts'), dist], { encoding: 'utf8' });
    expect(built.stderr).toBe('');
    const packed = npm('npm', ['pack', '--silent', '--pack-destination', empty], { cwd: dist });
    const [tarball = ''] = readdirSync(empty);
    expect({ status: packed.status, tarball }).toStrictEqual({ status: 0, tarball: 'infrafabric-0.1.0.tgz' });

    const startedMs = performance.now();
    const demo = npm('npx', ['-y', `./${tarball}`, 'demo', '--out', './report'], { cwd: empty, home });
    const seconds = ((performance.now() - startedMs) / 1000).toFixed(1);
    const verified = npm('npx', ['-y', `./${tarball}`, 'verify', './report', '--json'], { cwd: empty, home });
    const here = await infrafabric(['demo', '--out', join(folder, 'here')], {
      home: join(folder, 'other-home'),
      cwd: folder,
    });

    expect(demo.stderr).not.toMatch(/Warning|^\s+at |npm error/m);
    expect(demo.stdout).toMatch(/^\d+ findings, [\d.]+ USD a month can be saved$/m);
    expect(JSON.parse(verified.stdout)).toMatchObject({ verdict: 'CONSISTENT', problems: [] });
    expect([demo.status, verified.status, here.status]).toStrictEqual([0, 0, 0]);
    expect(reportOf(join(empty, 'report'))).toBe(reportOf(join(folder, 'here')));
    const manifest: unknown = JSON.parse(readFileSync(join(dist, 'package.json'), 'utf8'));
    expect(Object.keys(Object(manifest)).filter((key) => /dependencies/i.test(key))).toStrictEqual([]);
    console.log(`first report ${seconds} s after npx, Node ${OLDEST}`);
  },
);

/** The path of the oldest Node, installed from npm; why there is none otherwise. */
function oldestNode(): string | { because: string } {
  if (process.platform !== 'linux') return { because: 'an older Node comes from npm only on Linux' };
  const name = `node-linux-${process.arch}`;
  // In a folder of its own: npx would take a node_modules above the empty folder for its project.
  const prefix = join(folder, 'old-node');
  mkdirSync(prefix);
  const args = ['install', '--silent', '--no-save', '--prefix', prefix, `${name}@${OLDEST}`];
  const installed = spawnSync('npm', args, { encoding: 'utf8', cwd: prefix, timeout: 100_000 });
  if (installed.status !== 0) return { because: `npm does not give ${name}@${OLDEST}` };
  return join(prefix, 'node_modules', name, 'bin/node');
}

/** Runs npm or npx under the oldest Node; with `home`, nothing else of this environment but the npm settings of the machine. */
function npm(
  program: 'npm' | 'npx',
  args: readonly string[],
  { cwd, home }: { cwd: string; home?: string },
): { status: number | null; stdout: string; stderr: string } {
  const path = [dirname(String(oldNode)), ...systemPath()].join(':');
  const env = { PATH: path, HOME: home ?? process.env['HOME'], npm_config_update_notifier: 'false' };
  return spawnSync(program, args, { cwd, env, encoding: 'utf8', timeout: 100_000 });
}

/** PATH without the folders of this repository, whose Node is newer. */
function systemPath(): string[] {
  return (process.env['PATH'] ?? '').split(':').filter((entry) => !entry.startsWith(ROOT));
}

const reportOf = (path: string): string => readFileSync(join(path, 'report.json'), 'utf8');
