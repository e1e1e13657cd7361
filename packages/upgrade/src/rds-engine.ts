import type { Subject, Verdict } from '@infrafabric/finops';
import type { JsonObject } from '@infrafabric/protocol';
import { textOf } from './item-field.ts';
import { type Dated, fieldMissing, judgeDated, unknown } from './support-verdict.ts';
import { rdsLifecycleKey } from './version.ts';

/**
 * Judges a DB instance by the life cycle of its engine version; `name` is engine and version as the answer spells them.
 *
 * FIELD_MISSING: no engine or no readable version. NO_LIFECYCLE: an engine outside MySQL, MariaDB, PostgreSQL and Aurora.
 */
export function judgeEngine(subject: Subject, decide: (name: string, dated: Dated) => Verdict): Verdict {
  const engine = textOf(subject.item, 'Engine');
  const version = textOf(subject.item, 'EngineVersion');
  if (engine === undefined) return fieldMissing('Engine');
  if (!ENGINES.has(engine)) return unknown('NO_LIFECYCLE', `no sourced life cycle for the engine ${engine}`);
  const key = version === undefined ? undefined : rdsLifecycleKey(engine, version);
  if (key === undefined) return fieldMissing('EngineVersion');
  return judgeDated(subject, key, (dated) => decide(`${engine} ${version}`, dated));
}

/**
 * Whether the engine is commercial: AWS sells no extended support for Oracle, SQL Server and Db2, so they are never in it.
 *
 * Source: Amazon RDS API Reference, SupportedEngineLifecycle (open-source engines only), read 2026-11.
 */
export function hasNoExtendedSupport(item: JsonObject): boolean {
  return /^(custom-)?(oracle|sqlserver|db2)/.test(textOf(item, 'Engine') ?? '');
}

const ENGINES: ReadonlySet<string> = new Set([
  'mysql',
  'mariadb',
  'postgres',
  'aurora',
  'aurora-mysql',
  'aurora-postgresql',
]);
