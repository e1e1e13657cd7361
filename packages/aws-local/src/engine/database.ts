import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import { AwsLocalError } from '../errors.ts';
import type { Disk } from './disk.ts';

/** What waits for one transaction. */
interface Group {
  readonly settles: ((failure: unknown) => void)[];
  readonly listeners: (() => void)[];
}

/**
 * One SQLite connection whose requests share their commits.
 *
 * Every `write` runs in its own savepoint of one open transaction. It is committed on the next turn of the event loop, or, while
 * an earlier one is on its way to the disk, as soon as that has arrived; only when it has arrived itself do the promises of its
 * requests settle. So an answer is on the disk before it is given, the cost of a sync is divided by the requests that came
 * during the one before it, and the event loop waits for none.
 */
export class Database {
  readonly #sqlite: DatabaseSync;
  readonly #disk: Disk | undefined;
  readonly #statements = new Map<string, StatementSync>();
  readonly #resets: (() => void)[] = [];
  #group: Group = { settles: [], listeners: [] };
  #inTransaction = false;
  /** What is committed and on its way to the disk. */
  #syncing: Group | undefined;
  #broken: { readonly cause: unknown } | undefined;
  #closed = false;

  /** Without a disk a commit is the end of it: a database in memory has none. */
  constructor(sqlite: DatabaseSync, disk?: Disk) {
    this.#sqlite = sqlite;
    this.#disk = disk;
  }

  /** Runs one statement that returns no rows; answers how many rows it changed. */
  run(sql: string, ...values: SQLInputValue[]): number {
    return Number(this.#prepared(sql).run(...values).changes);
  }

  // Rows are typed by the caller, who wrote the SQL: the one place where that cannot be checked.
  // oxlint-disable typescript/no-unsafe-type-assertion, typescript/no-unnecessary-type-parameters

  /** The first row. */
  get<Row>(sql: string, ...values: SQLInputValue[]): Row | undefined {
    return this.#prepared(sql).get(...values) as Row | undefined;
  }

  all<Row>(sql: string, ...values: SQLInputValue[]): Row[] {
    return this.#prepared(sql).all(...values) as Row[];
  }

  /** Rows one by one, for readers that stop early. The reader must finish before anything else runs. */
  each<Row>(sql: string, ...values: SQLInputValue[]): Iterable<Row> {
    return this.#prepared(sql).iterate(...values) as Iterable<Row>;
  }

  // oxlint-enable typescript/no-unsafe-type-assertion, typescript/no-unnecessary-type-parameters

  /** Runs `work` as one atomic change; settles after it is durable. What `work` throws undoes only its own change. */
  write<Value>(work: () => Value): Promise<Value> {
    return new Promise((resolve, reject) => {
      this.#begin();
      this.run('SAVEPOINT request');
      try {
        const value = work();
        this.run('RELEASE request');
        this.#group.settles.push((failure) => (failure === undefined ? resolve(value) : reject(failure)));
      } catch (error) {
        this.run('ROLLBACK TO request');
        this.run('RELEASE request');
        this.#forget();
        this.#group.settles.push(() => reject(error));
      }
    });
  }

  /** Runs `work`, which only reads. It settles at once, or when the changes it may have seen are on the disk. */
  async read<Value>(work: () => Value): Promise<Value> {
    const value = work();
    const seen = this.#inTransaction ? this.#group : this.#syncing;
    if (seen !== undefined) {
      await new Promise<void>((resolve, reject) => {
        seen.settles.push((failure) => (failure === undefined ? resolve() : reject(failure)));
      });
    }
    return value;
  }

  /** Calls `listener` once when the transaction that is open now has ended, whether it could be committed or not. */
  afterTransaction(listener: () => void): void {
    this.#group.listeners.push(listener);
  }

  /** Calls `reset` whenever a change was undone: caches of rows must be emptied. */
  onUndo(reset: () => void): void {
    this.#resets.push(reset);
  }

  /** Commits what is open, waits for the disk and closes the file. */
  close(): void {
    if (this.#closed) return;
    const last = this.#inTransaction ? this.#commit() : undefined;
    const failure = this.#broken?.cause ?? this.#trySyncNow();
    for (const group of [this.#syncing, last]) if (group !== undefined) settle(group, failure);
    this.#syncing = undefined;
    this.#closed = true;
    this.#statements.clear();
    this.#disk?.close();
    this.#sqlite.close();
  }

  #begin(): void {
    if (this.#inTransaction) return;
    this.run('BEGIN IMMEDIATE');
    this.#inTransaction = true;
    setImmediate(() => this.#sendOff());
  }

  /** Commits what is open and sends it on its way to the disk, unless something is on that way already. */
  #sendOff(): void {
    if (!this.#inTransaction || this.#syncing !== undefined) return;
    const group = this.#commit();
    if (group === undefined) return;
    if (this.#disk === undefined) {
      settle(group, undefined);
      return;
    }
    this.#syncing = group;
    this.#disk.sync().then(
      () => this.#arrived(group, undefined),
      (cause: unknown) => this.#arrived(group, { cause }),
    );
  }

  #arrived(group: Group, broken: { readonly cause: unknown } | undefined): void {
    if (this.#syncing !== group) return;
    this.#syncing = undefined;
    this.#broken ??= broken;
    settle(group, broken?.cause);
    this.#sendOff();
  }

  /** The group of the transaction that is open, committed; `undefined` when it could not be, and everyone in it knows. */
  #commit(): Group | undefined {
    const group = this.#group;
    this.#group = { settles: [], listeners: [] };
    this.#inTransaction = false;
    try {
      this.run('COMMIT');
      return group;
    } catch (error) {
      this.#forget();
      this.#rollBack();
      settle(group, error);
      return undefined;
    }
  }

  #trySyncNow(): unknown {
    try {
      this.#disk?.syncNow();
      return undefined;
    } catch (error) {
      return error;
    }
  }

  #rollBack(): void {
    try {
      this.run('ROLLBACK');
    } catch {
      // A full disk or an I/O error has ended the transaction already, and then there is nothing to roll back.
    }
  }

  #forget(): void {
    for (const reset of this.#resets) reset();
  }

  #prepared(sql: string): StatementSync {
    this.#requireOpen();
    let statement = this.#statements.get(sql);
    if (statement === undefined) {
      statement = this.#sqlite.prepare(sql);
      this.#statements.set(sql, statement);
    }
    return statement;
  }

  /** After a sync that failed nobody knows what is on the disk, and the next one may succeed without it: nothing is said any more. */
  #requireOpen(): void {
    if (this.#closed) throw new AwsLocalError('CLOSED', { message: 'expected an open aws-local, got a closed one' });
    if (this.#broken !== undefined) throw this.#broken.cause;
  }
}

function settle({ settles, listeners }: Group, failure: unknown): void {
  for (const one of settles) one(failure);
  for (const listener of listeners) listener();
}
