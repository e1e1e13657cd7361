import { allHours } from './charges.ts';
import { price } from './list-prices.ts';
import { type Answer, type Charge, type Part, arn } from './sample.ts';

/** A search domain and its charge. */
export const search = (): Part => ({
  answers: [answer()],
  series: [],
  charges: [charge()],
  planted: [],
  unknown: [],
});

const answer = (): Answer => ({
  region: 'us-east-1',
  client: 'opensearch',
  operation: 'DescribeDomains',
  body: {
    DomainStatusList: [
      {
        DomainId: '210987654321/audit-search',
        DomainName: 'audit-search',
        ARN: SEARCH_ARN,
        Created: true,
        Deleted: false,
        Processing: false,
        UpgradeProcessing: false,
        EngineVersion: 'OpenSearch_2.19',
        ClusterConfig: {
          InstanceType: 't3.small.search',
          InstanceCount: 1,
          DedicatedMasterEnabled: false,
          ZoneAwarenessEnabled: false,
          WarmEnabled: false,
          ColdStorageOptions: { Enabled: false },
          MultiAZWithStandbyEnabled: false,
        },
        EBSOptions: { EBSEnabled: true, VolumeType: 'gp3', VolumeSize: 20, Iops: 3000, Throughput: 125 },
        AccessPolicies: '',
        IPAddressType: 'ipv4',
        SnapshotOptions: {},
        EncryptionAtRestOptions: { Enabled: true },
        NodeToNodeEncryptionOptions: { Enabled: true },
        DomainEndpointOptions: { EnforceHTTPS: true, TLSSecurityPolicy: 'Policy-Min-TLS-1-2-PFS-2023-10' },
      },
    ],
  },
});

const SEARCH_ARN = arn('es', 'us-east-1', 'domain/audit-search');

const charge = (): Charge => ({
  region: 'us-east-1',
  service: 'opensearch',
  resourceId: SEARCH_ARN,
  resourceType: 'Domain',
  description: 'per t3.small.search instance hour',
  unit: 'Hrs',
  unitPrice: price('opensearch/us-east-1/t3.small.search'),
  quantity: allHours(),
  environment: 'prod',
});
