import type { JsonObject } from '@infrafabric/protocol';
import { textOf } from './item-field.ts';
import { rdsLifecycleKey } from './version.ts';

/** The sentence that names the next major version of a DB instance's engine. */
export function majorStepText(item: JsonObject): string {
  const key = rdsLifecycleKey(textOf(item, 'Engine') ?? '', textOf(item, 'EngineVersion') ?? '') ?? '';
  const next = NEXT_MAJOR[key];
  return next === undefined ? 'Upgrade to a major version in standard support.' : `Next major version: ${next}.`;
}

/**
 * The only major version MySQL and Aurora MySQL upgrade to in place.
 *
 * Source: Amazon RDS User Guide, MySQL major version upgrades (5.6 to 5.7 to 8.0 to 8.4); Amazon Aurora User Guide,
 * major version upgrades of Aurora MySQL (1 to 2 to 3), read 2026-11. PostgreSQL may skip majors, so it has no single next.
 */
const NEXT_MAJOR: Readonly<Record<string, string>> = {
  'amazon-rds-mysql/5.5': 'MySQL 5.6',
  'amazon-rds-mysql/5.6': 'MySQL 5.7',
  'amazon-rds-mysql/5.7': 'MySQL 8.0',
  'amazon-rds-mysql/8.0': 'MySQL 8.4',
  'amazon-aurora-mysql/1': 'Aurora MySQL 2',
  'amazon-aurora-mysql/2': 'Aurora MySQL 3',
};
