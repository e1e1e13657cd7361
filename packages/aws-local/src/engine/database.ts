import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import { AwsLocalError } from '../errors.ts';

/**
 * One SQLite connection whose requests share their commits.
 *
 * Every `write` runs in its own savepoint of one open transaction; the transaction is committed on the next turn of the
 * event loop and only then do the promises of its requests settle. So an answer is on the disk before it is given,
 * and the cost of `fsync` is divided by the number of requests of that turn.
 */
export class Database {
  readonly #sqlite: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();
  readonly #resets: (() => void)[] = [];
  #settles: ((failure: unknown) => void)[] = [];
  #afterTransaction: (() => void)[] = [];
  #inTransaction = false;
  #closed = false;

  constructor(sqlite: DatabaseSync) {
    this.#sqlite = sqlite;
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
        this.#settles.push((failure) => (failure === undefined ? resolve(value) : reject(failure)));
      } catch (error) {
        this.run('ROLLBACK TO request');
        this.run('RELEASE request');
        this.#forget();
        this.#settles.push(() => reject(error));
      }
    });
  }

  /** Runs `work`, which only reads. It settles at once, or with the commit of the changes it may have seen. */
  async read<Value>(work: () => Value): Promise<Value> {
    const value = work();
    if (this.#inTransaction) {
      await new Promise<void>((resolve, reject) => {
        this.#settles.push((failure) => (failure === undefined ? resolve() : reject(failure)));
      });
    }
    return value;
  }

  /** Calls `listener` once when the transaction that is open now has ended, whether it could be committed or not. */
  afterTransaction(listener: () => void): void {
    this.#afterTransaction.push(listener);
  }

  /** Calls `reset` whenever a change was undone: caches of rows must be emptied. */
  onUndo(reset: () => void): void {
    this.#resets.push(reset);
  }

  /** Commits what is open and closes the file. */
  close(): void {
    if (this.#closed) return;
    if (this.#inTransaction) this.#commit();
    this.#closed = true;
    this.#statements.clear();
    this.#sqlite.close();
  }

  #begin(): void {
    if (this.#inTransaction) return;
    this.run('BEGIN IMMEDIATE');
    this.#inTransaction = true;
    setImmediate(() => {
      if (this.#inTransaction) this.#commit();
    });
  }

  #commit(): void {
    const settles = this.#settles;
    const listeners = this.#afterTransaction;
    this.#settles = [];
    this.#afterTransaction = [];
    this.#inTransaction = false;
    const failure = this.#tryCommit();
    for (const settle of settles) settle(failure);
    for (const listener of listeners) listener();
  }

  #tryCommit(): unknown {
    try {
      this.run('COMMIT');
      return undefined;
    } catch (error) {
      this.#forget();
      this.#rollBack();
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

  #requireOpen(): void {
    if (this.#closed) throw new AwsLocalError('CLOSED', { message: 'expected an open aws-local, got a closed one' });
  }
}
