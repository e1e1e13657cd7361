import type { JsonObject } from '@infrafabric/protocol';
import type { AnswerKind } from '../cache/answer-cache.ts';
import { CollectError } from '../errors.ts';
import { isReadName } from './read-name.ts';

/** Where an operation is asked: once in every region, or once for the account, at the region that answers for all. */
export type Scope = 'region' | { readonly global: string };

/** What is known when inputs are made: everything a detail operation may look at. */
export interface InputContext {
  readonly account: string;
  /** The region asked; the home region of a global operation. */
  readonly region: string;
  /** UTC date of the collection, YYYY-MM-DD. */
  readonly today: string;
  /** Days of history asked for. */
  readonly days: number;
  /** Pages of a collector named in `after`, in order, of the same account and region. */
  readonly answers: (id: string) => readonly AskedPage[];
}

/** One page of an answer and what was asked for it: a list of node groups does not say whose they are, its input does. */
export interface AskedPage {
  /** The input as it was sent. */
  readonly input: JsonObject;
  /** Canonical JSON without `$metadata`. */
  readonly answer: JsonObject;
}

/** How an operation goes from page to page by a token. */
export interface TokenPaging<Input, Output> {
  /** Input member that takes the token. */
  readonly request: keyof Input & string;
  /** Output member that gives the token; a dotted path for one inside another (`DistributionList.NextMarker`). */
  readonly answer: (keyof Output & string) | `${keyof Output & string}.${string}`;
  /** Input member that limits a page, the number we ask for, and the smallest AWS accepts (for permission checks). */
  readonly limit?: { readonly member: keyof Input & string; readonly page: number; readonly least: number };
}

/** What every SDK client has, as far as we use it. */
export interface SdkClient {
  send(command: object, options?: { readonly abortSignal?: AbortSignal }): Promise<object>;
  destroy(): void;
  /** Takes a middleware of the SDK; `object` because its types differ from client to client. */
  readonly middlewareStack: { add(middleware: object, options: object): void };
}

/** The two classes of one `@aws-sdk/client-*` package that an operation needs. */
export interface SdkClasses<Input extends object, Output extends object> {
  readonly Client: new (settings: { readonly region: string }) => SdkClient;
  readonly Command: new (input: never) => SdkCommand<Input, Output>;
}

/** The part of an SDK command that carries the types of its input and its answer. */
interface SdkCommand<Input, Output> {
  readonly input: Input;
  resolveMiddleware(stack: never, settings: never, options: never): (of: never) => Promise<{ readonly output: Output }>;
}

/** One collector = one file = one read operation of one client. `Input` and `Output` come from the command class. */
export interface CollectorDeclaration<Input extends object, Output extends object> {
  /** Suffix of the `@aws-sdk/client-*` package, such as `cost-explorer`. */
  readonly client: string;
  /** Operation as the API names it: `Describe*`, `List*` or `Get*`. */
  readonly operation: string;
  /** IAM actions the call needs, such as `ec2:DescribeVolumes`. */
  readonly iam: readonly [string, ...string[]];
  readonly scope: Scope;
  /** Imports the SDK client when the first call is made: `async () => { const { XClient: Client, YCommand: Command } = await import('@aws-sdk/client-x'); return { Client, Command }; }`. */
  readonly load: () => Promise<SdkClasses<Input, Output>>;
  /** Absent: the operation has one page. */
  readonly paging?: TokenPaging<Input, Output>;
  /** For paging that is no single token (S3, Route 53): the input of the next page, or `undefined` after the last. */
  next?(this: void, output: Output, input: Input): Input | undefined;
  /** Ids of collectors whose answers `inputs` reads; they have the same scope and run first, in the same account and region. */
  readonly after?: readonly string[];
  /** Inputs of the calls, in a stable order; default: one empty input. */
  readonly inputs?: (context: InputContext) => readonly Input[];
  /** Most inputs that are asked, default 2,000; the rest becomes one named failed request. */
  readonly maxInputs?: number;
  /** Names of SDK errors that mean "there is none" (NoSuchLifecycleConfiguration): no answer, no failure. */
  readonly absent?: readonly string[];
  /**
   * Cheapest input that shows whether the call is permitted. Default: the first of `inputs` with the smallest page, so that
   * only a collector with `after` states one. An answer that the named thing is not found counts as permitted.
   */
  readonly probe?: Input;
  /** What AWS charges for a request, in USD as a decimal string; absent: nothing. */
  readonly usdPerRequest?: string;
  /** The rate limit the calls count against; default: the one of the client. */
  readonly rate?: string;
  /** What the answer is about; decides how long it may be served from the cache: prices 60 minutes, cost 30. Default: estate, not at all. */
  readonly answerKind?: AnswerKind;
  /** What the answer is for, in a few words: checks by their `ref`, or the collectors that build on it. */
  readonly serves?: string;
}

/** A collector whose types are erased: inputs and answers are plain objects. Made by `defineCollector` only. */
export interface Collector extends Omit<
  CollectorDeclaration<object, object>,
  'load' | 'paging' | 'next' | 'inputs' | 'probe'
> {
  /** `<client>.<Operation>`. */
  readonly id: string;
  readonly after: readonly string[];
  readonly absent: readonly string[];
  readonly maxInputs: number;
  readonly answerKind: AnswerKind;
  readonly rate: string;
  readonly load: () => Promise<{
    readonly Client: new (settings: { readonly region: string }) => SdkClient;
    readonly command: (input: object) => object;
  }>;
  readonly inputs: (context: InputContext) => readonly object[];
  /** The input as it is sent for a first page: with the page limit. */
  readonly firstPage: (input: object) => object;
  /** The input of the page after this answer, or `undefined` after the last. */
  readonly nextPage: (answer: object, input: object) => object | undefined;
  /** The cheapest input for this account and day. */
  readonly probe: (where: Omit<InputContext, 'answers'>) => object;
}

/**
 * States a collector.
 *
 * @throws CollectError `AWS_OPERATION_FORBIDDEN` for an operation whose name is not one of a read.
 */
export function defineCollector<Input extends object, Output extends object>(
  declaration: CollectorDeclaration<Input, Output>,
): Collector {
  const { client, operation, load, paging, next: _, inputs, probe, ...rest } = declaration;
  const erased: { next?(this: void, answer: object, input: object): object | undefined } = declaration;
  const id = `${client}.${operation}`;
  if (!isReadName(id)) throw forbiddenName(id);
  return {
    ...rest,
    client,
    operation,
    id,
    after: rest.after ?? [],
    absent: rest.absent ?? [],
    maxInputs: rest.maxInputs ?? MAX_INPUTS,
    answerKind: rest.answerKind ?? 'estate',
    rate: rest.rate ?? client,
    load: async () => {
      const { Client, Command } = await load();
      return { Client, command: (input): object => Reflect.construct(Command, [input]) };
    },
    inputs: inputs ?? (() => [{}]),
    firstPage: (input) =>
      paging?.limit === undefined ? input : { [paging.limit.member]: paging.limit.page, ...input },
    nextPage: (answer, input) =>
      erased.next === undefined ? nextByToken(answer, input, paging) : erased.next(answer, input),
    probe: (where) => ({
      ...(probe ?? inputs?.({ ...where, answers: () => [] })[0]),
      ...(paging?.limit === undefined ? {} : { [paging.limit.member]: paging.limit.least }),
    }),
  };
}

const MAX_INPUTS = 2000;

function nextByToken(
  answer: object,
  input: object,
  paging: { readonly request: string; readonly answer: string } | undefined,
): object | undefined {
  if (paging === undefined) return undefined;
  const token = paging.answer.split('.').reduce<unknown>(member, answer);
  return typeof token === 'string' && token !== '' ? { ...input, [paging.request]: token } : undefined;
}

const member = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;

function forbiddenName(id: string): CollectError {
  return new CollectError('AWS_OPERATION_FORBIDDEN', {
    message: `expected a read operation, got ${id}`,
    where: id,
    fix: 'collectors only describe, list and get',
  });
}
