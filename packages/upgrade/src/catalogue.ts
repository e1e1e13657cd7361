import type { Rule } from '@infrafabric/finops';
import { eksExtendedSupport } from './rules/eks/extended-support.ts';
import { eksNodegroupAl2 } from './rules/eks/nodegroup-al2.ts';
import { eksSupportEndsSoon } from './rules/eks/support-ends-soon.ts';
import { elastiCacheExtendedSupport } from './rules/elasticache/extended-support.ts';
import { lambdaDeprecatedRuntime } from './rules/lambda/deprecated-runtime.ts';
import { lambdaRuntimeEndsSoon } from './rules/lambda/runtime-ends-soon.ts';
import { openSearchExtendedSupport } from './rules/opensearch/extended-support.ts';
import { rdsExtendedSupport } from './rules/rds/extended-support.ts';
import { rdsSupportEndsSoon } from './rules/rds/support-ends-soon.ts';

/** Every rule of the upgrade-risk agent, by id; one line each. */
export const UPGRADE_RULES: readonly Rule[] = [
  eksExtendedSupport,
  eksNodegroupAl2,
  eksSupportEndsSoon,
  elastiCacheExtendedSupport,
  lambdaDeprecatedRuntime,
  lambdaRuntimeEndsSoon,
  openSearchExtendedSupport,
  rdsExtendedSupport,
  rdsSupportEndsSoon,
];
