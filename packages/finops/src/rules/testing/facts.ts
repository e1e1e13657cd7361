import type { JsonObject } from '@infrafabric/protocol';

/** Hourly values of whole days, all the same. */
export const hourly = (days: number, value: number): number[] => Array.from({ length: days * 24 }, () => value);

/** An instance type table entry; `more` replaces single fields. */
export const aType = (vcpu: number, memory_gib: string, more: JsonObject = {}): JsonObject => ({
  vcpu,
  memory_gib,
  arch: ['x86_64'],
  current_generation: true,
  burstable: false,
  gpus: 0,
  ...more,
});

/** An arm64 instance type table entry. */
export const anArmType = (vcpu: number, memory_gib: string): JsonObject => aType(vcpu, memory_gib, { arch: ['arm64'] });

/** EBS list prices of us-east-1. Source: finops price table, 2026-08-21. */
export const EBS_PRICES = {
  'ebs/us-east-1/gp2/gb-month': '0.10',
  'ebs/us-east-1/gp3/gb-month': '0.08',
  'ebs/us-east-1/gp3/iops-month': '0.005',
  'ebs/us-east-1/gp3/mibps-month': '0.04',
  'ebs/us-east-1/io1/gb-month': '0.125',
  'ebs/us-east-1/io1/iops-month': '0.065',
  'ebs/us-east-1/io2/gb-month': '0.125',
  'ebs/us-east-1/io2/iops-month': '0.065',
  'ebs/us-east-1/snapshot/gb-month': '0.05',
};

/** RDS list prices of us-east-1. Source: finops price table, 2026-08-21; db.m4.large made up for the test. */
export const RDS_PRICES = {
  'rds/us-east-1/mysql/db.m4.large/single-az': '0.175',
  'rds/us-east-1/mysql/db.m5.large/single-az': '0.171',
  'rds/us-east-1/mysql/db.m6g.large/single-az': '0.152',
  'rds/us-east-1/mysql/db.m6g.large/multi-az': '0.304',
  'rds/us-east-1/mysql/db.m9g.large/single-az': '0.183',
  'rds/us-east-1/storage/gp2/gb-month': '0.115',
};
