import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { TaskType, WORKER_ROLES } from '@infrafabric/protocol';
import { expect, test } from 'vitest';
import { AGENTS } from './catalogue.ts';
import { RULES } from './rules.ts';

/** Folders of the package that hold an agent. */
const FOLDERS = readdirSync(import.meta.dirname, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && readdirSync(join(import.meta.dirname, entry.name)).includes('agent.ts'))
  .map(({ name }) => name);

test('every role has a folder with an agent and a line in the catalogue', () => {
  expect(FOLDERS.toSorted()).toStrictEqual([...WORKER_ROLES].toSorted());
  expect(AGENTS.map(({ role }) => role).toSorted()).toStrictEqual([...WORKER_ROLES].toSorted());
});

test('every type of task belongs to exactly one agent, that of its role', () => {
  const owners = AGENTS.flatMap(({ role, types }) => types.map((type) => [type, role] as const));

  expect(owners.map(([type]) => type).toSorted()).toStrictEqual([...TaskType.options].toSorted());
  expect(owners.every(([type, role]) => type.startsWith(`${role}.`))).toBe(true);
});

test('every rule has its own id and a role whose agent judges', () => {
  const judges = new Set<string>(
    AGENTS.filter(({ types }) => types.some((type) => type.endsWith('.judge'))).map(({ role }) => role),
  );

  expect(new Set(RULES.map(({ id }) => id)).size).toBe(RULES.length);
  expect(RULES.filter(({ role }) => !judges.has(role))).toStrictEqual([]);
});
