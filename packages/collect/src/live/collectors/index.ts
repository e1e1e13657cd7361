import type { Collector } from '../collector.ts';
import { ec2DescribeVolumes } from './ec2-describe-volumes.ts';

/** Every operation a live collection asks, one line each; a detail operation stands after the ones it reads. */
export const COLLECTORS: readonly Collector[] = [ec2DescribeVolumes];
