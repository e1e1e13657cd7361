import { Decimal } from '../../money.ts';
import { type Amount, type Usage, meter, meterIfUsed } from '../usage.ts';

/** What an EKS control plane uses; a version past standard support costs the extended price in full, not on top. */
export function eksCluster(cluster: {
  readonly region: string;
  readonly hours: Amount;
  readonly extendedSupport?: boolean;
}): readonly Usage[] {
  const product = cluster.extendedSupport ? 'cluster-extended-support' : 'cluster';
  return [meter('EKS cluster', `eks/${cluster.region}/${product}/hour`, cluster.hours)];
}

/** Fargate tasks or pods of one size. */
export interface FargateTasks {
  readonly region: string;
  readonly arch: 'x86' | 'arm';
  /** vCPU of one task. */
  readonly vcpu: Amount;
  /** GB of memory of one task. */
  readonly gb: Amount;
  /** Hours a month, over all tasks. */
  readonly hours: Amount;
  /** GB of ephemeral storage of one task above the 20 GB that are included. */
  readonly extraStorageGb?: Amount;
}

/** What Fargate tasks use in a month. */
export function fargateTasks({ region, arch, vcpu, gb, hours, extraStorageGb }: FargateTasks): readonly Usage[] {
  const per = (amount: Amount) => new Decimal(amount).times(hours);
  return [
    meter('Per vCPU per hour', `ecs/${region}/fargate-${arch}/vcpu-hour`, per(vcpu)),
    meter('Per GB per hour', `ecs/${region}/fargate-${arch}/gb-hour`, per(gb)),
    ...meterIfUsed(
      'Ephemeral storage',
      `ecs/${region}/fargate-ephemeral/gb-hour`,
      extraStorageGb && per(extraStorageGb),
    ),
  ];
}
