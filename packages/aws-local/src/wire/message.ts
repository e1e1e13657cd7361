/** One HTTP request as the emulator sees it, from a socket or straight from an SDK client. */
export interface WireRequest {
  readonly method: string;
  /** The percent-encoded path, without query. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** The host the client meant: S3 takes a bucket from it when the client does not use path-style addresses. */
  readonly hostname: string;
  /** What queue URLs begin with, such as `http://127.0.0.1:4566`. */
  readonly origin: string;
  readonly body: Buffer;
  /** Aborts when nobody waits for the answer any more. */
  readonly signal?: AbortSignal | undefined;
}

/** One HTTP answer. `streamed` asks the in-process handler for a stream body, as S3 clients expect of GetObject. */
export interface WireResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  readonly streamed?: boolean;
}

/** An empty body. */
export const NO_BODY: Buffer = Buffer.alloc(0);

/** Everything that answers requests of one wire protocol. */
export type Answer = (request: WireRequest) => Promise<WireResponse>;
