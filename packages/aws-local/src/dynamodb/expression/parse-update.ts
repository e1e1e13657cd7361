import { validation } from '../faults.ts';
import type { Reader } from './reader.ts';
import type { Path, Update, UpdateValue } from './syntax.ts';

const SECTIONS = ['SET', 'REMOVE', 'ADD', 'DELETE'] as const;
type Section = (typeof SECTIONS)[number];

/** Reads an update: each of its four sections at most once, in any order. */
export function parseUpdate(reader: Reader): Update {
  const update = { set: [], remove: [], add: [], delete: [] } as {
    set: { path: Path; value: UpdateValue }[];
    remove: Path[];
    add: { path: Path; value: string }[];
    delete: { path: Path; value: string }[];
  };
  const seen = new Set<Section>();
  while (!reader.ended) {
    const section = SECTIONS.find((one) => reader.accept(one));
    if (section === undefined) throw reader.error();
    if (seen.has(section)) {
      throw validation(
        `Invalid UpdateExpression: The "${section}" section can only be used once in an update expression;`,
      );
    }
    seen.add(section);
    if (section === 'SET') update.set.push(...reader.list(() => assignment(reader)));
    else if (section === 'REMOVE') update.remove.push(...reader.list(() => reader.path()));
    else update[section === 'ADD' ? 'add' : 'delete'].push(...reader.list(() => pair(reader)));
  }
  return update;
}

function pair(reader: Reader): { path: Path; value: string } {
  return { path: reader.path(), value: reader.value() };
}

function assignment(reader: Reader): { path: Path; value: UpdateValue } {
  const path = reader.path();
  reader.expect('=');
  const left = term(reader);
  if (reader.accept('+')) return { path, value: { kind: 'plus', left, right: term(reader) } };
  if (reader.accept('-')) return { path, value: { kind: 'minus', left, right: term(reader) } };
  return { path, value: left };
}

function term(reader: Reader): UpdateValue {
  const name = reader.acceptCall(['if_not_exists', 'list_append']);
  if (name === undefined) return reader.plainOperand();
  if (name === 'if_not_exists') {
    const path = reader.path();
    reader.expect(',');
    const otherwise = term(reader);
    reader.expect(')');
    return { kind: 'if_not_exists', path, otherwise };
  }
  const left = term(reader);
  reader.expect(',');
  const right = term(reader);
  reader.expect(')');
  return { kind: 'list_append', left, right };
}
