import type { Database } from '../engine/database.ts';
import { storedJson } from '../engine/stored-json.ts';
import type { Checksums } from './checksum.ts';
import { noSuchBucket } from './faults.ts';

/** What an object carries besides its bytes. */
export interface ObjectMetadata {
  readonly contentType: string;
  /** Stored headers that GetObject gives back as they came, such as `cache-control`. */
  readonly headers: Readonly<Record<string, string>>;
  /** User metadata, by name without `x-amz-meta-`. */
  readonly user: Readonly<Record<string, string>>;
  readonly checksums: Checksums;
}

/** An object without its bytes; `etag` is the MD5 of them in hex. */
export interface StoredObject {
  readonly key: string;
  readonly size: number;
  readonly etag: string;
  readonly modifiedMs: number;
  readonly metadata: ObjectMetadata;
}

/** An object in a listing. */
export type ListedObject = Omit<StoredObject, 'metadata'>;

interface ObjectRow {
  key: string;
  size: number;
  etag: string;
  modified_ms: number;
  metadata: string;
}

/** The buckets and objects of the file. */
export class ObjectTable {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  createBucket(name: string, nowMs: number): void {
    this.#db.run('INSERT OR IGNORE INTO bucket (name, created_ms) VALUES (?, ?)', name, nowMs);
  }

  /** @throws AwsFault `NoSuchBucket`. */
  requireBucket(name: string): void {
    if (this.#db.get('SELECT 1 FROM bucket WHERE name = ?', name) === undefined) throw noSuchBucket();
  }

  get(bucket: string, key: string): StoredObject | undefined {
    const sql = 'SELECT key, size, etag, modified_ms, metadata FROM object WHERE bucket = ? AND key = ?';
    const row = this.#db.get<ObjectRow>(sql, bucket, key);
    if (row === undefined) return undefined;
    const { modified_ms: modifiedMs, metadata, ...same } = row;
    return { ...same, modifiedMs, metadata: storedJson<ObjectMetadata>(metadata) };
  }

  /** All bytes of an object. */
  wholeBytes(bucket: string, key: string): Buffer {
    const sql = 'SELECT body FROM object WHERE bucket = ? AND key = ?';
    return bufferOf(this.#db.get<{ body: Uint8Array }>(sql, bucket, key)?.body);
  }

  /** The bytes from `start` on, `length` of them. */
  bytes(bucket: string, key: string, start: number, length: number): Buffer {
    const sql = 'SELECT substr(body, ?, ?) AS body FROM object WHERE bucket = ? AND key = ?';
    return bufferOf(this.#db.get<{ body: Uint8Array }>(sql, start + 1, length, bucket, key)?.body);
  }

  put(bucket: string, object: StoredObject, body: Buffer): void {
    const { key, size, etag, modifiedMs, metadata } = object;
    const sql = `INSERT OR REPLACE INTO object (bucket, key, size, etag, modified_ms, metadata, body)
      VALUES (?, ?, ?, ?, ?, ?, ?)`;
    this.#db.run(sql, bucket, key, size, etag, modifiedMs, JSON.stringify(metadata), body);
  }

  /** Deletes an object; one that does not exist is no error. */
  delete(bucket: string, key: string): void {
    this.#db.run('DELETE FROM object WHERE bucket = ? AND key = ?', bucket, key);
  }

  /** Up to `limit` objects with keys after `after` and not before `from`, in the byte order of their keys. */
  list(bucket: string, after: string, from: string, limit: number): ListedObject[] {
    const sql = `SELECT key, size, etag, modified_ms FROM object
      WHERE bucket = ? AND key > ? AND key >= ? ORDER BY key LIMIT ?`;
    return this.#db
      .all<Omit<ObjectRow, 'metadata'>>(sql, bucket, after, from, limit)
      .map(({ modified_ms: modifiedMs, ...same }) => ({ ...same, modifiedMs }));
  }
}

const bufferOf = (body: Uint8Array = new Uint8Array()): Buffer =>
  Buffer.from(body.buffer, body.byteOffset, body.byteLength);
