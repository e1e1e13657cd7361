import { Decimal } from '../../money.ts';
import { type Amount, type Usage, meter, meterIfUsed } from '../usage.ts';

/** SageMaker instances of one type; `purpose` picks the price, which differs between hosting, training and Studio. */
export interface SagemakerInstances {
  readonly region: string;
  readonly purpose: 'hosting' | 'training' | 'studio' | 'data-wrangler' | 'processing';
  /** `ml.m5.large`. */
  readonly type: string;
  readonly hours: Amount;
}

/** What SageMaker instances use in a month; Inferentia (`ml.inf1`, `ml.inf2`) are types like the others. */
export function sagemakerInstances({ region, purpose, type, hours }: SagemakerInstances): readonly Usage[] {
  return [meter(`SageMaker ${purpose}`, `sagemaker/${region}/${purpose}/${type}`, hours)];
}

/** What a serverless endpoint uses: requests times milliseconds times memory, and GB processed. */
export function sagemakerServerless(endpoint: {
  readonly region: string;
  readonly requests: Amount;
  readonly averageMs: Amount;
  /** 1024 to 6144 in steps of 1024. */
  readonly memoryMib: number;
  readonly processedGb?: Amount;
}): readonly Usage[] {
  const { region, memoryMib } = endpoint;
  const seconds = new Decimal(endpoint.requests).times(endpoint.averageMs).div(1000);
  return [
    meter('Serverless inference', `sagemaker/${region}/serverless-${memoryMib}-mib/second`, seconds),
    ...meterIfUsed('Data processed', `sagemaker/${region}/serverless/gb`, endpoint.processedGb),
  ];
}
