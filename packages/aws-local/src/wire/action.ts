import type * as z from 'zod';
import type { Database } from '../engine/database.ts';
import { AwsFault, notImplemented } from '../engine/fault.ts';

/** What an action may know about the call besides its input. */
export interface Call {
  /** What queue URLs begin with. */
  readonly origin: string;
  readonly signal?: AbortSignal | undefined;
}

/** One operation of a JSON service: it checks its input, does its work and answers the output members. */
export interface JsonAction {
  run(input: unknown, call: Call): Promise<object>;
}

/** The operations of a JSON service by name. */
export type JsonActions = Readonly<Record<string, JsonAction>>;

type Work<Input, Output> = (input: Input, call: Call) => Output;

/** Makes the actions of one service on one database. */
export interface ActionMaker {
  /** An action that changes something: one atomic change, answered when it is durable. */
  writes<Schema extends z.ZodType>(schema: Schema, work: Work<z.output<Schema>, object | void>): JsonAction;
  /** An action that only reads. */
  reads<Schema extends z.ZodType>(schema: Schema, work: Work<z.output<Schema>, object>): JsonAction;
  /** An action that makes its own transactions, because it may wait between them. */
  waits<Schema extends z.ZodType>(schema: Schema, work: Work<z.output<Schema>, Promise<object>>): JsonAction;
}

/** `missing` and `invalid` are the error names the service uses for an absent and for a bad parameter. */
export function actionMaker(db: Database, errors: { missing: string; invalid: string }): ActionMaker {
  const checked = <Schema extends z.ZodType>(schema: Schema, input: unknown): z.output<Schema> => {
    const result = schema.safeParse(input);
    if (result.success) return result.data;
    throw faultOf(result.error, errors);
  };
  return {
    writes: (schema, work) => ({
      run: async (raw, call) => {
        const input = checked(schema, raw);
        return (await db.write(() => work(input, call))) ?? {};
      },
    }),
    reads: (schema, work) => ({
      run: async (raw, call) => {
        const input = checked(schema, raw);
        return db.read(() => work(input, call));
      },
    }),
    waits: (schema, work) => ({ run: async (raw, call) => work(checked(schema, raw), call) }),
  };
}

function faultOf(error: z.ZodError, errors: { missing: string; invalid: string }): AwsFault {
  const unknown = error.issues.find((issue) => issue.code === 'unrecognized_keys');
  if (unknown !== undefined) {
    return notImplemented(`the parameter ${[...unknown.path, unknown.keys.join(', ')].join('.')}`);
  }
  const [issue] = error.issues;
  const where = issue?.path.join('.') ?? '';
  if (issue?.code === 'invalid_type' && issue.message.endsWith('received undefined')) {
    return new AwsFault(errors.missing, `The request must contain the parameter ${where}.`);
  }
  return new AwsFault(errors.invalid, `Value at '${where}' failed to satisfy constraint: ${issue?.message ?? ''}`);
}
