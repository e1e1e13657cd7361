import type { z } from 'zod';

/** A value of the shape it must have. @throws RangeError that names the place which is not. */
export function shaped<T>(schema: z.ZodType<T>, value: unknown): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new RangeError(`${issue?.message} at /${issue?.path.join('/')}`);
}
