import { Decimal } from '../../money.ts';
import { type Amount, type Usage, meter, meterIfUsed } from '../usage.ts';

/** EC2 operating systems with their own on-demand price. */
export type Ec2Os = 'linux' | 'windows';

/** Metrics that detailed monitoring of one instance publishes. Source: Amazon CloudWatch pricing, "EC2 Detailed Monitoring", 7 metrics. */
export const DETAILED_MONITORING_METRICS = 7;

/** EC2 instances of one type that run on demand. */
export interface Ec2Instance {
  readonly region: string;
  readonly type: string;
  readonly os?: Ec2Os;
  /** Default: shared hardware. */
  readonly tenancy?: 'dedicated';
  /** Running hours a month, over all instances. */
  readonly hours: Amount;
  /** Instances with detailed monitoring. */
  readonly detailedMonitoring?: number;
  /** Surplus CPU credits of burstable types, in vCPU-hours. */
  readonly cpuCredits?: Amount;
  /** Only for previous generations that charge for it; later ones include it. */
  readonly ebsOptimized?: boolean;
}

/** What on-demand instances use in a month, without their volumes. */
export function ec2Instance(instance: Ec2Instance): readonly Usage[] {
  const { region, type, hours, detailedMonitoring = 0, ebsOptimized } = instance;
  const product = `${instance.os ?? 'linux'}${instance.tenancy === undefined ? '' : `-${instance.tenancy}`}`;
  const metrics = new Decimal(detailedMonitoring).times(DETAILED_MONITORING_METRICS);
  return [
    meter('Instance usage', `ec2/${region}/${product}/${type}`, hours),
    ...meterIfUsed('EBS-optimized usage', `ec2/${region}/ebs-optimized/${type}`, ebsOptimized ? hours : undefined),
    ...meterIfUsed('EC2 detailed monitoring', `cloudwatch/${region}/metric/month`, metrics),
    ...meterIfUsed('CPU credits', `ec2/${region}/cpu-credit/${type.split('.')[0]}`, instance.cpuCredits),
  ];
}

/** Terms of a reserved instance. */
export interface ReservedTerms {
  readonly region: string;
  readonly type: string;
  readonly offeringClass: 'standard' | 'convertible';
  readonly years: 1 | 3;
  readonly payment: 'no-upfront' | 'partial-upfront';
  readonly hours: Amount;
}

/** The hourly part of reserved Linux instances; the upfront part is paid once and is no monthly cost. */
export function ec2Reserved({ region, type, offeringClass, years, payment, hours }: ReservedTerms): readonly Usage[] {
  return [
    meter('Instance usage', `ec2/${region}/linux-reserved-${offeringClass}-${years}yr-${payment}/${type}`, hours),
  ];
}
