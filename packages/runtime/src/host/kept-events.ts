import { randomBytes } from 'node:crypto';
import { appendFileSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SessionEvent, SessionId } from '@infrafabric/protocol';
import type { Home } from '../home.ts';
import { readIfThere } from '../private-file.ts';

/** The events of a session in the order they were told, in a file: a place in it means the same after a restart. */
export interface KeptEvents {
  /** Names this log: 12 hexadecimal digits. A log that had to be begun again has another name. */
  readonly name: string;
  readonly events: readonly SessionEvent[];
  /** Adds an event, before anybody is told of it. */
  readonly keep: (event: SessionEvent) => void;
}

/** Files kept; the oldest go first, and are made again from state under another name when somebody asks. */
const MOST_FILES = 1_000;

/** Opens the log of a session in a data folder: `events/<session>.ndjson`, its name first, then an event a line. */
export function openKeptEvents({ path }: Pick<Home, 'path'>, id: SessionId): KeptEvents {
  const folder = join(path, 'events');
  const file = join(folder, `${id}.ndjson`);
  const { name, events } = readLog(readIfThere(file)) ?? { name: randomBytes(6).toString('hex'), events: [] };
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  // What was torn by a crash is left out.
  writeFileSync(file, [JSON.stringify(name), ...events.map((event) => JSON.stringify(event)), ''].join('\n'), {
    mode: 0o600,
  });
  dropOldest(folder);
  return {
    name,
    events,
    keep(event) {
      appendFileSync(file, `${JSON.stringify(event)}\n`);
      events.push(event);
    },
  };
}

/** `undefined` when there is none, or it is not readable to its last whole line. */
function readLog(text: string | undefined): { name: string; events: SessionEvent[] } | undefined {
  const [first, ...lines] = text?.split('\n').slice(0, -1) ?? [];
  if (first === undefined) return undefined;
  try {
    const name: unknown = JSON.parse(first);
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- only `keep` writes this file
    const events = lines.map((line) => JSON.parse(line) as SessionEvent);
    return typeof name === 'string' && /^[0-9a-f]{12}$/.test(name) ? { name, events } : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** Session ids begin with their time, so names sort by age. */
function dropOldest(folder: string): void {
  const names = readdirSync(folder).sort();
  for (const name of names.slice(0, Math.max(0, names.length - MOST_FILES)))
    rmSync(join(folder, name), { force: true });
}
