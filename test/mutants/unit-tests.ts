import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join, relative, resolve } from 'node:path';
import type { Mutant } from './mutant.ts';

/** A unit test that fails with a safeguard off and passes with it on. */
export interface TestKill {
  /** From the root of the repository. */
  readonly file: string;
  /** The title, behind those of the groups it stands in: `group > title`. */
  readonly name: string;
}

const ROOT = resolve(import.meta.dirname, '../..');
const AGENTS = 'packages/agents/src';

/** A run of the tests of a package takes seconds; one that takes this long does not end. */
const HANG_MS = 180_000;

/**
 * Runs unit tests with the safeguard of a mutant off until one fails, and fails again: those that import the module, those of its package, and
 * those of the agents, whose work leans on all the others.
 */
export async function testThatTells({ id, edits }: Mutant): Promise<TestKill | undefined> {
  const files = [...new Set(edits.map(({ file }) => file))];
  const beside = [...new Set(files.flatMap(testsOf))];
  const own = files.map((file) => file.split('/').slice(0, 3).join('/'));
  for (const paths of [beside, own, own.includes(AGENTS) ? [] : [AGENTS]]) {
    const kill = await confirmed(id, paths);
    if (kill !== undefined) return kill;
  }
  return undefined;
}

/** The tests in the folder of a module that import it. */
function testsOf(file: string): string[] {
  const folder = dirname(file);
  return readdirSync(join(ROOT, folder))
    .filter((name) => name.endsWith('.test.ts'))
    .map((name) => join(folder, name))
    .filter((test) => readFileSync(join(ROOT, test), 'utf8').includes(`'./${basename(file)}'`));
}

async function confirmed(id: string, paths: readonly string[]): Promise<TestKill | undefined> {
  if (paths.length === 0) return undefined;
  const [kill] = (await runTests(paths, id)).failed;
  if (kill === undefined) return undefined;
  const { failed } = await runTests([kill.file], id);
  const isSame = (one: TestKill): boolean => one.file === kill.file && one.name === kill.name;
  return failed.some(isSame) && (await cleanRun(paths)).passed.some(isSame) ? kill : undefined;
}

const clean = new Map<string, Promise<TestRun>>();

/** What passes with every safeguard on. */
function cleanRun(paths: readonly string[]): Promise<TestRun> {
  const name = paths.join(' ');
  const run = clean.get(name) ?? runTests(paths);
  clean.set(name, run);
  return run;
}

interface TestRun {
  readonly passed: readonly TestKill[];
  readonly failed: readonly TestKill[];
}

async function runTests(paths: readonly string[], mutant = ''): Promise<TestRun> {
  const folder = await mkdtemp(join(tmpdir(), 'mutant-'));
  const outputFile = join(folder, 'tests.json');
  try {
    await vitest([...paths, ...(mutant === '' ? [] : ['--bail=1']), `--outputFile=${outputFile}`], mutant);
    return testRunOf(existsSync(outputFile) ? await readFile(outputFile, 'utf8') : '{"testResults":[]}');
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function vitest(args: readonly string[], mutant: string): Promise<void> {
  const { promise, resolve: end, reject } = Promise.withResolvers<void>();
  const script = join(ROOT, 'node_modules/vitest/vitest.mjs');
  const child = spawn(
    process.execPath,
    [script, 'run', '--project=unit', '--maxWorkers=1', '--reporter=json', ...args],
    { cwd: ROOT, env: { ...process.env, INFRAFABRIC_MUTANTS: mutant }, stdio: 'ignore', timeout: HANG_MS },
  );
  child.on('error', reject);
  child.on('exit', () => end());
  return promise;
}

/** What is read of vitest's JSON report. */
interface Report {
  readonly testResults: readonly {
    readonly name: string;
    readonly assertionResults: readonly { ancestorTitles: readonly string[]; title: string; status: string }[];
  }[];
}

function testRunOf(text: string): TestRun {
  const { testResults } = JSON.parse(text) as Report;
  const ended = (wanted: string): TestKill[] =>
    testResults.flatMap(({ name: path, assertionResults }) =>
      assertionResults
        .filter(({ status }) => status === wanted)
        .map(({ ancestorTitles, title }) => ({
          file: relative(ROOT, path),
          name: [...ancestorTitles, title].filter((part) => part !== '').join(' > '),
        })),
    );
  return { passed: ended('passed'), failed: ended('failed') };
}
