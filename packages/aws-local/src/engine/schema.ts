import type { DatabaseSync } from 'node:sqlite';
import { AwsLocalError } from '../errors.ts';

/** Marks a SQLite file as ours ("IFal" in ASCII). */
const APPLICATION_ID = 0x49_46_61_6c;

/**
 * The changes that lead from an empty file to the present schema; the version of a file is how many it has seen.
 * A published step is never edited: the next change is a new step.
 */
const STEPS: readonly string[] = [
  `
  CREATE TABLE queue (
    id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, attributes TEXT NOT NULL,
    created_s INTEGER NOT NULL, modified_s INTEGER NOT NULL
  );
  CREATE TABLE message (
    id INTEGER PRIMARY KEY, queue INTEGER NOT NULL, visible_ms INTEGER NOT NULL, sent_ms INTEGER NOT NULL,
    receive_count INTEGER NOT NULL DEFAULT 0, first_received_ms INTEGER, receipt TEXT, message_id TEXT NOT NULL,
    source TEXT, attributes TEXT, body TEXT NOT NULL
  );
  CREATE INDEX message_by_visibility ON message (queue, visible_ms);

  CREATE TABLE topic (arn TEXT PRIMARY KEY, attributes TEXT NOT NULL);
  CREATE TABLE subscription (
    arn TEXT PRIMARY KEY, topic TEXT NOT NULL, endpoint TEXT NOT NULL, attributes TEXT NOT NULL,
    UNIQUE (topic, endpoint)
  );

  CREATE TABLE bucket (name TEXT PRIMARY KEY, created_ms INTEGER NOT NULL);
  CREATE TABLE object (
    bucket TEXT NOT NULL, key TEXT NOT NULL, size INTEGER NOT NULL, etag TEXT NOT NULL, modified_ms INTEGER NOT NULL,
    metadata TEXT NOT NULL, body BLOB NOT NULL, PRIMARY KEY (bucket, key)
  );

  CREATE TABLE dynamo_table (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, definition TEXT NOT NULL, ttl TEXT);
  CREATE TABLE item (
    dynamo_table INTEGER NOT NULL, hash_key TEXT NOT NULL, range_key TEXT NOT NULL, size INTEGER NOT NULL,
    attributes TEXT NOT NULL, PRIMARY KEY (dynamo_table, hash_key, range_key)
  );

  CREATE TABLE metric (
    namespace TEXT NOT NULL, name TEXT NOT NULL, dimensions TEXT NOT NULL, at_ms INTEGER NOT NULL,
    sum REAL NOT NULL, samples REAL NOT NULL, minimum REAL NOT NULL, maximum REAL NOT NULL, unit TEXT NOT NULL
  );
  CREATE INDEX metric_by_series ON metric (namespace, name, dimensions, at_ms);

  CREATE TABLE log_group (name TEXT PRIMARY KEY, created_ms INTEGER NOT NULL, retention_days INTEGER);
  CREATE TABLE log_stream (log_group TEXT NOT NULL, name TEXT NOT NULL, PRIMARY KEY (log_group, name));
  CREATE TABLE log_event (
    id INTEGER PRIMARY KEY AUTOINCREMENT, log_group TEXT NOT NULL, log_stream TEXT NOT NULL, at_ms INTEGER NOT NULL,
    ingested_ms INTEGER NOT NULL, message TEXT NOT NULL
  );
  CREATE INDEX log_event_by_group ON log_event (log_group, at_ms, id);
  CREATE INDEX log_event_by_stream ON log_event (log_group, log_stream, at_ms, id);
  `,
  `
  ALTER TABLE message ADD COLUMN message_group TEXT NOT NULL DEFAULT '';
  CREATE INDEX message_by_group ON message (queue, message_group, visible_ms);
  `,
  `
  ALTER TABLE item ADD COLUMN expires_s INTEGER;
  CREATE INDEX item_by_expiry ON item (expires_s) WHERE expires_s IS NOT NULL;
  `,
];

/**
 * Brings a file to the present schema, in one transaction.
 *
 * @throws AwsLocalError `SCHEMA_NEWER` when a later release wrote it, `FILE_UNUSABLE` when it is not ours.
 */
export function migrate(sqlite: DatabaseSync, file: string): void {
  const version = pragma(sqlite, 'user_version');
  if (version > STEPS.length) {
    throw new AwsLocalError('SCHEMA_NEWER', {
      message: `expected schema ${STEPS.length} or older, got ${version}`,
      where: file,
      fix: 'use the release that wrote the file, or start with another directory',
    });
  }
  requireOurs(sqlite, file, version);
  if (version === STEPS.length) return;
  const steps = STEPS.slice(version).join('\n');
  sqlite.exec(
    `BEGIN IMMEDIATE; PRAGMA application_id = ${APPLICATION_ID}; ${steps} PRAGMA user_version = ${STEPS.length}; COMMIT;`,
  );
}

function requireOurs(sqlite: DatabaseSync, file: string, version: number): void {
  const empty = version === 0 && sqlite.prepare('SELECT 1 FROM sqlite_schema LIMIT 1').get() === undefined;
  if (empty || pragma(sqlite, 'application_id') === APPLICATION_ID) return;
  throw new AwsLocalError('FILE_UNUSABLE', {
    message: 'expected a file of aws-local, got another SQLite database',
    where: file,
    fix: 'start with another directory',
  });
}

function pragma(sqlite: DatabaseSync, name: 'user_version' | 'application_id'): number {
  return Number(sqlite.prepare(`PRAGMA ${name}`).get()?.[name] ?? 0);
}
