import type { SQLInputValue } from 'node:sqlite';
import type { Database } from '../engine/database.ts';
import { AwsFault } from '../engine/fault.ts';

/** A log group; `retentionDays` is kept and not acted on. */
export interface LogGroup {
  readonly name: string;
  readonly createdMs: number;
  readonly retentionDays: number | undefined;
  readonly storedBytes: number;
}

/** One event. */
export interface LogEvent {
  readonly id: number;
  readonly stream: string;
  readonly atMs: number;
  readonly ingestedMs: number;
  readonly message: string;
}

/** Which events of a group are wanted. */
export interface EventQuery {
  readonly streams: readonly string[];
  readonly startMs: number;
  /** Exclusive for GetLogEvents, inclusive for FilterLogEvents: always the first moment that is out. */
  readonly endMs: number;
  /** Every one of these texts must occur. */
  readonly terms: readonly string[];
  readonly offset: number;
  readonly limit: number;
}

/** The log groups, streams and events of the file. */
export class LogTable {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  /** @throws AwsFault `ResourceAlreadyExistsException`. */
  createGroup(name: string, nowMs: number): void {
    const sql = 'INSERT OR IGNORE INTO log_group (name, created_ms) VALUES (?, ?)';
    if (this.#db.run(sql, name, nowMs) === 0) throw alreadyExists('log group');
  }

  /** @throws AwsFault `ResourceAlreadyExistsException`, `ResourceNotFoundException`. */
  createStream(group: string, name: string): void {
    this.requireGroup(group);
    const sql = 'INSERT OR IGNORE INTO log_stream (log_group, name) VALUES (?, ?)';
    if (this.#db.run(sql, group, name) === 0) throw alreadyExists('log stream');
  }

  /** @throws AwsFault `ResourceNotFoundException`. */
  requireGroup(name: string): void {
    if (this.#db.get('SELECT 1 FROM log_group WHERE name = ?', name) === undefined) throw notFound('log group');
  }

  /** @throws AwsFault `ResourceNotFoundException`. */
  requireStream(group: string, name: string): void {
    this.requireGroup(group);
    const sql = 'SELECT 1 FROM log_stream WHERE log_group = ? AND name = ?';
    if (this.#db.get(sql, group, name) === undefined) throw notFound('log stream');
  }

  setRetention(group: string, days: number): void {
    this.requireGroup(group);
    this.#db.run('UPDATE log_group SET retention_days = ? WHERE name = ?', days, group);
  }

  groups(prefix: string, after: string, limit: number): LogGroup[] {
    const sql = `SELECT name, created_ms AS createdMs, retention_days AS retentionDays,
        (SELECT coalesce(sum(length(CAST(message AS BLOB)) + 26), 0) FROM log_event WHERE log_group = name) AS storedBytes
      FROM log_group WHERE substr(name, 1, ?) = ? AND name > ? ORDER BY name LIMIT ?`;
    return this.#db
      .all<Omit<LogGroup, 'retentionDays'> & { retentionDays: number | null }>(sql, prefix.length, prefix, after, limit)
      .map((row) => ({ ...row, retentionDays: row.retentionDays ?? undefined }));
  }

  add(group: string, stream: string, event: Pick<LogEvent, 'atMs' | 'ingestedMs' | 'message'>): void {
    const sql = `INSERT INTO log_event (log_group, log_stream, at_ms, ingested_ms, message) VALUES (?, ?, ?, ?, ?)`;
    this.#db.run(sql, group, stream, event.atMs, event.ingestedMs, event.message);
  }

  /** Events in time order, from the `offset`th on. */
  events(group: string, query: EventQuery): LogEvent[] {
    const { where, values } = whereOf(group, query);
    const sql = `SELECT id, log_stream AS stream, at_ms AS atMs, ingested_ms AS ingestedMs, message FROM log_event
      WHERE ${where} ORDER BY at_ms, id LIMIT ? OFFSET ?`;
    return this.#db.all<LogEvent>(sql, ...values, query.limit, query.offset);
  }

  /** How many events there are, without regard to offset and limit. */
  count(group: string, query: EventQuery): number {
    const { where, values } = whereOf(group, query);
    const sql = `SELECT count(*) AS count FROM log_event WHERE ${where}`;
    return this.#db.get<{ count: number }>(sql, ...values)?.count ?? 0;
  }
}

function whereOf(group: string, query: EventQuery): { where: string; values: SQLInputValue[] } {
  const streams = query.streams.map(() => '?').join(', ');
  const conditions = [
    'log_group = ? AND at_ms >= ? AND at_ms < ?',
    ...(query.streams.length === 0 ? [] : [`log_stream IN (${streams})`]),
    ...query.terms.map(() => 'instr(message, ?) > 0'),
  ];
  return {
    where: conditions.join(' AND '),
    values: [group, query.startMs, query.endMs, ...query.streams, ...query.terms],
  };
}

function alreadyExists(what: string): AwsFault {
  return new AwsFault('ResourceAlreadyExistsException', `The specified ${what} already exists`);
}

function notFound(what: string): AwsFault {
  return new AwsFault('ResourceNotFoundException', `The specified ${what} does not exist.`);
}
