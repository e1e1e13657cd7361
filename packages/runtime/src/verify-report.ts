import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { claimedSigners, type KeyId } from '@infrafabric/protocol';
import { type ReportFolder, ReportError, verify, type VerifyOutcome } from '@infrafabric/report';
import { systemClock } from './clock.ts';
import { readersInputs } from './readers-inputs.ts';
import { RuntimeError } from './errors.ts';

/** Verifies a report directory on disk. @throws ReportError `REPORT_NOT_FOUND`; RuntimeError `CONFIG_INVALID` for a bad root. */
export async function verifyReport(
  dir: string,
  options: {
    readonly root?: string | undefined;
    readonly trust?: string | undefined;
    readonly inputs?: string | undefined;
  },
): Promise<VerifyOutcome> {
  if (!statSync(dir, { throwIfNoEntry: false })?.isDirectory()) {
    throw new ReportError('REPORT_NOT_FOUND', { message: 'there is no report directory here', where: dir });
  }
  const { inputs } = options;
  return verify(diskFolder(dir), {
    root: rootOf(options),
    nowMs: systemClock.nowMs(),
    ...(inputs === undefined ? {} : await readersInputs(inputs)),
  });
}

/** Verifies a report as it was drafted on disk, before it is published. @throws ReportError `REPORT_UNVERIFIED`: our own report must hold. */
export async function verifyDraft(dir: string, root: KeyId, nowMs: number): Promise<void> {
  const outcome = await verify(diskFolder(dir), { root, nowMs });
  const [problem] = outcome.problems;
  if (outcome.verdict === 'AUTHENTIC' || problem === undefined) return;
  throw new ReportError('REPORT_UNVERIFIED', {
    message: `the report does not verify: ${problem.code} ${problem.message} (${outcome.problems.length} problems)`,
    where: problem.where,
    fix: 'this is a bug in InfraFabric; nothing was published',
  });
}

function rootOf({
  root,
  trust,
}: {
  readonly root?: string | undefined;
  readonly trust?: string | undefined;
}): KeyId | undefined {
  if (root !== undefined) {
    if (/^ed25519:[0-9a-f]{32}$/.test(root)) return root;
    throw new RuntimeError('CONFIG_INVALID', {
      message: `expected ed25519:<32 hex digits>, got "${root.slice(0, 80)}"`,
      where: '--root',
    });
  }
  return trust === undefined ? undefined : claimedSigners(readFileSync(trust))[0];
}

function diskFolder(dir: string): ReportFolder {
  return {
    paths: () =>
      Promise.resolve(
        walk(dir)
          .map((path) => relative(dir, path).split(sep).join('/'))
          .sort(),
      ),
    read: async (path) => readFileSync(join(dir, path)),
  };
}

function walk(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? walk(path) : [path];
  });
}
