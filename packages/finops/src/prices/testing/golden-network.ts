import { HOURS_PER_MONTH } from '../../money.ts';
import { cloudwatch } from '../things/cloudwatch.ts';
import { eksCluster, fargateTasks } from '../things/containers.ts';
import { dynamodbTable } from '../things/dynamodb.ts';
import { dataTransfer, loadBalancer, natGateway, vpcEndpoint } from '../things/network.ts';
import { type Usage, meter } from '../usage.ts';
import type { GoldenLine } from './golden-file.ts';
import type { Reading } from './golden-things.ts';

/** How the lines about networks, containers, DynamoDB, Lambda and CloudWatch read. */
export const NETWORK_READINGS: readonly Reading[] = [
  {
    tests: /^data_transfer$/,
    component: /^Outbound data transfer to Internet$/,
    usage: (line) => last(dataTransfer({ region: transferRegion(line), internetGb: quantityOf(line) })),
  },
  {
    tests: /^data_transfer$/,
    component: /^Intra-region data transfer$/,
    usage: (line) => last(dataTransfer({ region: transferRegion(line), intraRegionGb: quantityOf(line) })),
  },
  {
    tests: /^data_transfer$/,
    component: /^Outbound data transfer to other regions$/,
    usage: (line) => last(dataTransfer({ region: transferRegion(line), interRegionGb: quantityOf(line) })),
  },
  {
    tests: /^data_transfer$/,
    component: /^Outbound data transfer to US East regions$/,
    usage: (line) => meter(line.component, `transfer/${transferRegion(line)}/us-east/gb`, quantityOf(line)),
  },
  {
    tests: /^(ecs_service|eks_fargate_profile)$/,
    component: /^Per (GB|vCPU) per hour$/,
    usage: (line, [, unit]) => {
      const size = { vcpu: unit === 'vCPU' ? quantityOf(line) : 0, gb: unit === 'GB' ? quantityOf(line) : 0 };
      const [vcpu, gb] = fargateTasks({ region: line.region, arch: 'x86', ...size, hours: HOURS });
      return unit === 'vCPU' ? vcpu : gb;
    },
  },
  {
    tests: /^eks_(cluster|fargate_profile)$/,
    component: /^EKS cluster( \(extended support\))?$/,
    usage: (line, [, extended]) =>
      last(eksCluster({ region: line.region, hours: quantityOf(line), extendedSupport: extended !== undefined })),
  },
  {
    tests: /^dynamodb_table$/,
    component: /^(Write|Read) (request|capacity) unit \(\w+(?:, autoscaling)?\)$/,
    usage: (line, [, direction = '', kind = '']) => {
      const field = `${direction.toLowerCase()}${kind === 'capacity' ? 'Capacity' : 'Requests'}`;
      return last(dynamodbTable({ region: line.region, [field]: quantityOf(line) }));
    },
  },
  {
    tests: /^dynamodb_table$/,
    component: /^Streams read request unit/,
    usage: (line) => last(dynamodbTable({ region: line.region, streamReads: quantityOf(line) })),
  },
  {
    tests: /^lambda_function$/,
    component: /^Duration$/,
    usage: (line) => {
      const arch = /arm/.test(line.resource) ? 'arm' : 'x86';
      return meter(line.component, `lambda/${line.region}/${arch}/gb-second`, quantityOf(line));
    },
  },
  {
    tests: /^(lb|eip|elastic_beanstalk_environment)$/,
    component: /^Load balancer capacity units$/,
    usage: (line) => {
      const type = line.siblings.some(({ component }) => component.startsWith('Application'))
        ? 'application'
        : 'network';
      return last(loadBalancer({ region: line.region, type, hours: HOURS, capacityUnits: quantityOf(line) }));
    },
  },
  {
    tests: /^vpc_endpoint$/,
    component: /^Data processed$/,
    usage: (line) => {
      const gateway = line.siblings.some(({ component }) => component.includes('GatewayLoadBalancer'));
      const type = gateway ? 'gateway-load-balancer' : 'interface';
      return last(vpcEndpoint({ region: line.region, type, hours: 0, gb: quantityOf(line) }));
    },
  },
  {
    tests: /^eip$/,
    component: /^NAT gateway$/,
    usage: (line) => natGateway({ region: line.region, hours: quantityOf(line) })[0],
  },
  {
    tests: /^eip$/,
    component: /^Data processed$/,
    usage: (line) => last(natGateway({ region: line.region, hours: 0, gb: quantityOf(line) })),
  },
  {
    tests: /^cloudwatch_dashboard$/,
    component: /^Dashboard$/,
    usage: (line) => last(cloudwatch({ region: line.region, dashboards: quantityOf(line) })),
  },
];

const quantityOf = ({ quantity }: GoldenLine) => quantity || '1';
const last = (usages: readonly Usage[]) => usages.at(-1);
const HOURS = HOURS_PER_MONTH;
const transferRegion = ({ resource }: GoldenLine) => resource.replace('aws_data_transfer.', '');
