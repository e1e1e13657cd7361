import { closeSync, constants, fstatSync, openSync, readFileSync } from 'node:fs';
import { nearestWord } from '@infrafabric/protocol';
import { isMap, isScalar, isSeq, type ParsedNode, parseDocument } from 'yaml';
import { RuntimeError } from '../errors.ts';
import { SETTINGS } from './settings.ts';

/** A configuration file larger than this is not one. */
const MAX_BYTES = 64 * 1024;

/** Names that reach into an object's prototype. */
const FORBIDDEN = new Set(['__proto__', 'constructor', 'prototype']);

/**
 * Reads config.yaml: plain keys and scalar values, or lists of them, which become text separated by commas.
 *
 * The file is read as a tree and never turned into objects, so aliases and tags cannot grow into anything.
 * @throws RuntimeError `CONFIG_INVALID`, `CONFIG_YAML_UNSAFE`, `CONFIG_DUPLICATE_KEY`, `CONFIG_FORBIDDEN_KEY`,
 *   `CONFIG_UNKNOWN_KEY`.
 */
export function readConfigFile(path: string): ReadonlyMap<string, string> {
  const text = readIfThere(path);
  const settings = new Map<string, string>();
  if (text === undefined) return settings;
  const document = parseDocument(text, { uniqueKeys: true, schema: 'core' });
  const [problem] = [...document.errors, ...document.warnings];
  if (problem !== undefined) {
    const code = problem.code === 'DUPLICATE_KEY' ? 'CONFIG_DUPLICATE_KEY' : 'CONFIG_YAML_UNSAFE';
    throw refused(code, path, problem.message.split('\n')[0] ?? 'not YAML');
  }
  const root: ParsedNode | null = document.contents;
  if (root === null || (isScalar(root) && root.value === null)) return settings;
  if (!isMap(root)) throw refused('CONFIG_YAML_UNSAFE', path, 'expected a mapping of settings');
  for (const { key, value } of root.items) {
    const name = isScalar(key) ? String(key.value) : '';
    settings.set(knownKey(name, path), textOf(value, `${path}: ${name}`));
  }
  return settings;
}

function textOf(value: ParsedNode | null, where: string): string {
  if (value !== null && value.tag === undefined && value.anchor === undefined) {
    if (isScalar(value)) return scalarText(value.source, value.value);
    if (isSeq(value) && value.items.every((item) => isScalar(item))) {
      return value.items.map((item) => (isScalar(item) ? String(item.value) : '')).join(',');
    }
  }
  throw refused(
    'CONFIG_YAML_UNSAFE',
    where,
    'expected one value or a list of values without anchors, aliases and tags',
  );
}

/** The text as written, so that 12.50 stays 12.50. */
function scalarText(source: string, value: unknown): string {
  return typeof value === 'string' ? value : source;
}

function readIfThere(path: string): string | undefined {
  let file: number | undefined;
  try {
    file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
    const stats = fstatSync(file);
    if (stats.isFile() && stats.size <= MAX_BYTES) return readFileSync(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR')) {
      return undefined;
    }
    throw refused('CONFIG_INVALID', path, 'the configuration file cannot be read', error);
  } finally {
    if (file !== undefined) closeSync(file);
  }
  throw refused('CONFIG_INVALID', path, `expected a regular file of at most ${MAX_BYTES} bytes`);
}

function knownKey(key: string, path: string): string {
  const keys = Object.values(SETTINGS).flatMap((setting) => ('key' in setting ? [setting.key] : []));
  if (keys.some((known) => known === key)) return key;
  if (FORBIDDEN.has(key)) throw refused('CONFIG_FORBIDDEN_KEY', path, `the key ${key} is never a setting`);
  const nearest = nearestWord(key, keys);
  throw new RuntimeError('CONFIG_UNKNOWN_KEY', {
    message: `unknown setting "${key.slice(0, 80)}"`,
    where: path,
    fix: `${nearest === undefined ? '' : `did you mean ${nearest}? `}known settings: ${keys.join(', ')}`,
  });
}

function refused(
  code: 'CONFIG_INVALID' | 'CONFIG_YAML_UNSAFE' | 'CONFIG_DUPLICATE_KEY' | 'CONFIG_FORBIDDEN_KEY',
  where: string,
  message: string,
  cause?: unknown,
): RuntimeError {
  return new RuntimeError(code, { message, where, fix: 'keep config.yaml to plain keys and values', cause });
}
