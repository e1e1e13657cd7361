import { z } from 'zod';

/** The five kinds of worker agent. */
export const WORKER_ROLES = ['collector', 'pricing', 'rightsizing', 'upgrade-risk', 'budget'] as const;

/** A kind of worker agent; it owns the task types that begin with its name. */
export const WorkerRole = z.enum(WORKER_ROLES);
export type WorkerRole = z.infer<typeof WorkerRole>;

/** Who may speak on the bus. */
export const Role = z.enum(['coordinator', ...WORKER_ROLES]);
export type Role = z.infer<typeof Role>;
