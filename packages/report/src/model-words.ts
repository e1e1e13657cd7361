import { RESOURCE_TYPES, type ResourceRef as Resource } from '@infrafabric/finops';
import { z } from 'zod';

/** One schema for each member of a type of finops: a member added there is an error here. */
export type ShapeOf<T> = Record<keyof T, z.ZodType>;

/** A number of things. */
export const count = z.int().min(0);
/** Effort and risk. */
export const Grade = z.enum(['VeryLow', 'Low', 'Medium', 'High', 'VeryHigh']);

/** A resource; its key is account/region/type/id. */
export const ResourceRef = z
  .strictObject({
    account: z.string().describe('12 digits, or `unknown` when no input says it.'),
    region: z.string(),
    type: z.enum(RESOURCE_TYPES),
    id: z.string(),
    name: z.exactOptional(z.string()),
  } satisfies ShapeOf<Resource>)
  .meta({ id: 'ResourceRef', description: 'A resource; its key is account/region/type/id.' });
