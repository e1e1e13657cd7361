import { Decimal } from '../../money.ts';
import { type Amount, type Usage, meter, meterIfUsed } from '../usage.ts';

interface Processing {
  readonly region: string;
  readonly hours: Amount;
  /** GB processed a month. */
  readonly gb?: Amount;
}

/** What NAT gateways use: hours over all gateways and GB processed. */
export function natGateway({ region, hours, gb }: Processing): readonly Usage[] {
  return [
    meter('NAT gateway', `vpc/${region}/nat-gateway/hour`, hours),
    ...meterIfUsed('Data processed', `vpc/${region}/nat-gateway/gb`, gb),
  ];
}

/** What VPC endpoints use; `hours` are endpoint-hours over all availability zones. Data is tiered for interface endpoints. */
export function vpcEndpoint({
  region,
  hours,
  gb,
  type,
}: Processing & { readonly type: 'interface' | 'gateway-load-balancer' }): readonly Usage[] {
  return [
    meter('Endpoint', `vpc/${region}/${type}-endpoint/hour`, hours),
    ...meterIfUsed('Data processed', `vpc/${region}/${type}-endpoint/gb`, gb),
  ];
}

/** A load balancer over a month. */
export interface LoadBalancer extends Processing {
  readonly type: 'application' | 'network' | 'gateway' | 'classic';
  /** Capacity units on average over the hours; classic load balancers charge `gb` instead. */
  readonly capacityUnits?: Amount;
}

/** What a load balancer uses: hours, and capacity units or GB processed. */
export function loadBalancer({ region, type, hours, capacityUnits, gb }: LoadBalancer): readonly Usage[] {
  const unitHours = capacityUnits === undefined ? undefined : new Decimal(capacityUnits).times(hours);
  return [
    meter('Load balancer', `elb/${region}/${type}/hour`, hours),
    ...meterIfUsed('Load balancer capacity units', `elb/${region}/${type}/lcu-hour`, unitHours),
    ...meterIfUsed('Data processed', `elb/${region}/classic/gb`, type === 'classic' ? gb : undefined),
  ];
}

/** What public IPv4 addresses use, in use or idle: hours over all addresses. */
export function publicIpv4({ region, hours }: Omit<Processing, 'gb'>): readonly Usage[] {
  return [meter('Public IPv4 address', `vpc/${region}/public-ipv4/hour`, hours)];
}

/** Data that leaves a region in a month, in GB (AWS counts 1 TB as 1,024 GB in its tiers). */
export interface DataTransfer {
  readonly region: string;
  readonly internetGb?: Amount;
  /** Between availability zones; in and out are charged each. */
  readonly intraRegionGb?: Amount;
  /** To other regions where no price of their own is listed. */
  readonly interRegionGb?: Amount;
}

/** What data transfer uses: to the internet (tiered), between zones, to other regions. The free 100 GB of an account are not subtracted. */
export function dataTransfer({ region, internetGb, intraRegionGb, interRegionGb }: DataTransfer): readonly Usage[] {
  const key = (part: string) => `transfer/${region}/${part}/gb`;
  return [
    ...meterIfUsed('Outbound data transfer to Internet', key('internet-out'), internetGb),
    ...meterIfUsed('Intra-region data transfer', key('intra-region'), intraRegionGb),
    ...meterIfUsed('Outbound data transfer to other regions', key('inter-region'), interRegionGb),
  ];
}
