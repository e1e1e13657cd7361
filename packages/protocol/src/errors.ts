const BRAND = Symbol.for('infrafabric.error');

/** Who has to act on an error; the doors map it to an exit status or an HTTP status (DESIGN 8). */
export type ErrorKind = 'usage' | 'input' | 'verification' | 'budget' | 'environment' | 'cancelled' | 'bug';

/** What an error tells: `where` is a file, row, field or message id; `fix` is what the reader can do about it. */
export interface ErrorDetail {
  readonly message: string;
  readonly where?: string | undefined;
  readonly fix?: string | undefined;
  readonly retryAfterMs?: number | undefined;
  readonly cause?: unknown;
}

/**
 * The base of every error InfraFabric throws on purpose: one subclass a package, a closed union of codes in each.
 *
 * `retry` says whether the same call may succeed later; `kind` says whose turn it is.
 * The JSON form is what a `failure` message carries: it never includes `cause`.
 */
export abstract class InfraFabricError<Code extends string = string> extends Error {
  readonly code: Code;
  readonly where: string | undefined;
  readonly fix: string | undefined;
  readonly retryAfterMs: number | undefined;
  abstract readonly kind: ErrorKind;
  abstract readonly retry: 'never' | 'later';

  constructor(code: Code, detail: ErrorDetail) {
    super(detail.message, detail.cause === undefined ? undefined : { cause: detail.cause });
    this.name = new.target.name;
    this.code = code;
    this.where = detail.where;
    this.fix = detail.fix;
    this.retryAfterMs = detail.retryAfterMs;
    Object.defineProperty(this, BRAND, { value: true });
  }

  toJSON(): { code: Code; message: string; where?: string; fix?: string } {
    return {
      code: this.code,
      message: this.message,
      ...(this.where === undefined ? {} : { where: this.where }),
      ...(this.fix === undefined ? {} : { fix: this.fix }),
    };
  }
}

/** Whose turn it is after an error, and whether the same call may succeed later. */
export interface Recourse {
  readonly kind: ErrorKind;
  readonly retry: 'never' | 'later';
}

/** The base of a package's error whose code says what to do: the subclass looks its codes up in one table. */
export abstract class CodedError<Code extends string> extends InfraFabricError<Code> {
  override readonly kind: ErrorKind;
  override readonly retry: 'never' | 'later';

  constructor(code: Code, detail: ErrorDetail, { kind, retry }: Recourse) {
    super(code, detail);
    this.kind = kind;
    this.retry = retry;
  }
}

/** Recognises an error of ours, also when it was made by a second copy of this package. */
export function isInfraFabricError(value: unknown): value is InfraFabricError {
  return typeof value === 'object' && value !== null && BRAND in value;
}
