import type { Threshold } from '../../model/rule.ts';

/** Names under which tools call an instance idle: that of AWS Compute Optimizer, and the plain one of many cost reports. */
export type IdleProfile = 'aws-co' | 'classic';

/** CPU below which an instance is idle: its peak for `aws-co`, its mean for `classic`. */
export const IDLE_CPU: Threshold = {
  name: 'AWS_IDLE_CPU_THRESHOLD',
  value: 5,
  unit: '% CPU',
  source: 'AWS Compute Optimizer, idle EC2 instances: peak CPU below 5 % over 14 days, read 2026-08-21',
};

/** Traffic a day below which an instance is idle for `aws-co`. */
export const AWS_CO_NETWORK: Threshold = {
  name: 'EC2_IDLE_NETWORK_MB_PER_DAY',
  value: 5,
  unit: 'MB/day',
  source: 'AWS Compute Optimizer, idle EC2 instances: network I/O below 5 MB a day over 14 days, read 2026-08-21',
};

/** Traffic a day below which an instance is idle for `classic`. */
export const CLASSIC_NETWORK: Threshold = {
  name: 'EC2_CLASSIC_IDLE_NETWORK_MB_PER_DAY',
  value: 1,
  unit: 'MB/day',
  source: 'Own profile of 2026-11-21: the product asks for mean CPU below 5 % and less than 1 MB a day',
};

/** Mean CPU below which `classic` calls an instance underused. */
export const UNDERUSED_CPU: Threshold = {
  name: 'AWS_UNDERUTILIZED_CPU_THRESHOLD',
  value: 20,
  unit: '% CPU',
  source: 'Own profile of 2026-11-21: the product asks for mean CPU below 20 %',
};

/** A list of profiles as it stands in a sentence. */
export const profilesText = (profiles: readonly IdleProfile[]): string =>
  profiles.length === 1 ? `profile ${profiles[0]}` : `profiles ${profiles.join(' and ')}`;
