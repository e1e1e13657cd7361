import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Decision, DecisionDocument } from '@infrafabric/finops';
import { canonicalBytes } from '@infrafabric/protocol';
import { RuntimeError } from '../errors.ts';
import { systemIds } from '../ids.ts';

/**
 * Every decision kept in a data folder, oldest first; none when nobody decided anything.
 *
 * Each is a file of its own named by a UUIDv7 and its place among those made at once, so that two people deciding at once lose nothing.
 * @throws RuntimeError `DECISIONS_UNREADABLE`.
 */
export function readDecisionFolder(home: string): DecisionDocument {
  const folder = folderOf(home);
  const decisions = namesIn(folder).map((name) => readOne(join(folder, name)));
  return { format: 'infrafabric.decisions/1', decisions };
}

/** Keeps decisions; each is there whole or not at all. */
export function keepDecisions(home: string, decisions: readonly Decision[]): void {
  const folder = folderOf(home);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const batch = systemIds.uuidv7();
  for (const [at, decision] of decisions.entries()) {
    const path = join(folder, `${batch}-${String(at).padStart(6, '0')}.json`);
    const draft = `${path}.draft`;
    writeFileSync(draft, canonicalBytes(decision), { mode: 0o600, flush: true });
    renameSync(draft, path);
  }
}

/** Reads a document of decisions as `decisions list --json` prints it. @throws RuntimeError `DECISIONS_UNREADABLE`. */
export function readDecisionFile(path: string): DecisionDocument {
  const parsed = DecisionDocument.safeParse(jsonOf(path));
  if (parsed.success) return parsed.data;
  throw unreadable(path, parsed.error.issues[0]?.message ?? 'something else');
}

const folderOf = (home: string): string => join(home, 'decisions');

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder)
      .filter((name) => name.endsWith('.json'))
      .toSorted();
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
}

function readOne(path: string): Decision {
  const parsed = Decision.safeParse(jsonOf(path));
  if (parsed.success) return parsed.data;
  throw unreadable(path, parsed.error.issues[0]?.message ?? 'something else');
}

function jsonOf(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw unreadable(path, error instanceof SyntaxError ? 'text that is not JSON' : 'a file that cannot be read');
  }
}

function unreadable(path: string, got: string): RuntimeError {
  return new RuntimeError('DECISIONS_UNREADABLE', {
    message: `expected decisions as infrafabric decisions writes them, got ${got.slice(0, 200)}`,
    where: path,
    fix: 'remove the file or write it again; --decisions none analyses without',
  });
}
