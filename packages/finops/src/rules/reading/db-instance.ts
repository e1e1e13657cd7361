import { z } from 'zod';

/** The fields of a DescribeDBInstances instance the rules read. */
export const DbInstance = z.object({
  DBInstanceIdentifier: z.string(),
  DBInstanceClass: z.string(),
  DBInstanceStatus: z.string(),
  Engine: z.string(),
  EngineVersion: z.string().optional(),
  MultiAZ: z.boolean().optional(),
  StorageType: z.string().optional(),
  AllocatedStorage: z.int().nonnegative().optional(),
  InstanceCreateTime: z.string().optional(),
  TagList: z.array(z.object({ Key: z.string(), Value: z.string() })).optional(),
});
/** A database instance as the rules read it. */
export type DbInstance = z.infer<typeof DbInstance>;

/** Whether the engine is Aurora, whose storage and copies belong to the cluster. */
export const isAurora = (instance: DbInstance): boolean => instance.Engine.startsWith('aurora');

/** Whether the engine is free software: its price has no licence in it. */
export const isOpenSource = (instance: DbInstance): boolean =>
  isAurora(instance) || ['mysql', 'postgres', 'mariadb'].includes(instance.Engine);

/** How many copies the instance price is for; Aurora copies are instances of their own. */
export const deploymentOf = (instance: DbInstance): 'single-az' | 'multi-az' =>
  instance.MultiAZ === true && !isAurora(instance) ? 'multi-az' : 'single-az';

/** Key of the hourly price of a database instance, also of one with another class. */
export const dbPriceKey = (region: string, instance: DbInstance, dbClass = instance.DBInstanceClass): string =>
  `rds/${region}/${instance.Engine}/${dbClass}/${deploymentOf(instance)}`;

/** Whether an instance is up and serving; `backing-up` and the like are moments of the same life. */
export const isServing = (instance: DbInstance): boolean =>
  !['stopped', 'stopping', 'creating', 'deleting', 'failed'].includes(instance.DBInstanceStatus);
