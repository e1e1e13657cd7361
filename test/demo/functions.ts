import { word } from './chance.ts';
import { type Fraction, cents, divide, fraction, multiply, subtract } from './fraction.ts';
import { price } from './list-prices.ts';
import { type Named, daily } from './metrics.ts';
import { advice, finding, onBill } from './planted.ts';
import {
  type Answer,
  type Charge,
  type MetricSeries,
  type Part,
  type Planted,
  type PlantedUnknown,
  type Region,
  arn,
} from './sample.ts';

/** Lambda functions, their metrics and charges. */
export function functions(): Part {
  return {
    answers: answers(),
    series: FUNCTIONS.flatMap(seriesOf),
    charges: charges(),
    planted: planted(),
    unknown: FUNCTIONS.flatMap(unknownOf),
  };
}

interface LambdaFunction {
  readonly name: string;
  readonly region: Region;
  /** None: a container image. */
  readonly runtime?: string;
  readonly arch: 'x86_64' | 'arm64';
  readonly memory: number;
  /** Invocations and milliseconds of the busiest hour; absent: not measured. */
  readonly busiest?: readonly [invocations: number, durationMs: number];
}

const FUNCTIONS: readonly LambdaFunction[] = [
  {
    name: 'invoice-pdf',
    region: 'us-east-1',
    runtime: 'python3.9',
    arch: 'x86_64',
    memory: 2048,
    busiest: [4200, 9_400_000],
  },
  {
    name: 'thumbnailer',
    region: 'us-east-1',
    runtime: 'nodejs22.x',
    arch: 'arm64',
    memory: 512,
    busiest: [900, 310_000],
  },
  { name: 'nightly-report', region: 'us-east-1', runtime: 'python3.13', arch: 'x86_64', memory: 1024 },
  { name: 'legacy-export', region: 'us-east-1', arch: 'x86_64', memory: 1024 },
  { name: 'eu-webhook', region: 'eu-west-1', runtime: 'nodejs24.x', arch: 'arm64', memory: 256 },
];

function answers(): Answer[] {
  return (['us-east-1', 'eu-west-1'] as const).map((region) => ({
    region,
    client: 'lambda',
    operation: 'ListFunctions',
    body: { Functions: FUNCTIONS.filter((one) => one.region === region).map(lambdaFunction) },
  }));
}

function lambdaFunction({ name, region, runtime, arch, memory }: LambdaFunction): object {
  return {
    FunctionName: name,
    FunctionArn: arn('lambda', region, `function:${name}`),
    ...(runtime === undefined ? {} : { Runtime: runtime }),
    Role: arn('iam', '', `role/fernway-${name}`),
    ...(runtime === undefined ? {} : { Handler: runtime.startsWith('python') ? 'app.handler' : 'index.handler' }),
    CodeSize: runtime === undefined ? 0 : 4_812_337,
    Description: '',
    Timeout: 60,
    MemorySize: memory,
    LastModified: '2025-02-19T09:40:27.000+0000',
    CodeSha256: word(`${name} code`, 43, 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789') + '=',
    Version: '$LATEST',
    TracingConfig: { Mode: 'PassThrough' },
    RevisionId: ['a', 'b', 'c'].map((part) => word(`${name} ${part}`, 8, '0123456789abcdef')).join('-'),
    PackageType: runtime === undefined ? 'Image' : 'Zip',
    Architectures: [arch],
    EphemeralStorage: { Size: 512 },
    SnapStart: { ApplyOn: 'None', OptimizationStatus: 'Off' },
    LoggingConfig: { LogFormat: 'JSON', LogGroup: `/aws/lambda/${name}` },
  };
}

function seriesOf({ name, region, busiest }: LambdaFunction): MetricSeries[] {
  if (busiest === undefined) return [];
  const [invocations, durationMs] = busiest;
  const named = (metric: string): Named => ({
    region,
    namespace: 'AWS/Lambda',
    metric,
    dimensions: { FunctionName: name },
    stat: 'Sum',
  });
  return [daily(named('Invocations'), [0, invocations]), daily(named('Duration'), [0, durationMs])];
}

/** GB-seconds of invoice-pdf over the fourteen measured days. */
function invoiceGbSeconds(): Fraction {
  const [invoice] = FUNCTIONS;
  const duration = FUNCTIONS.flatMap(seriesOf).find(
    (one) => one.metric === 'Duration' && one.dimensions['FunctionName'] === invoice?.name,
  );
  const ms = (duration?.values ?? []).reduce((total, value) => total + BigInt(value), 0n);
  return divide(multiply(fraction(ms), fraction(invoice?.memory ?? 0)), fraction(1000 * 1024));
}

/** Billed at the mean day of the fourteen. */
function charges(): Charge[] {
  const perDay = divide(invoiceGbSeconds(), fraction(14));
  return [
    {
      region: 'us-east-1',
      service: 'lambda',
      resourceId: arn('lambda', 'us-east-1', 'function:invoice-pdf'),
      resourceType: 'Function',
      description: 'AWS Lambda - Total Compute - US East (Northern Virginia)',
      unit: 'Lambda-GB-Second',
      unitPrice: price('lambda/us-east-1/x86/gb-second'),
      quantity: () => perDay,
      environment: 'prod',
    },
  ];
}

/** USD a month of the measured duration at a price a GB-second: fourteen days scaled to 30.44. */
const monthly = (usd: Fraction): Fraction => multiply(invoiceGbSeconds(), divide(fraction('30.44'), fraction(14)), usd);

function planted(): Planted[] {
  const x86 = price('lambda/us-east-1/x86/gb-second');
  const saving = cents(monthly(subtract(x86, price('lambda/us-east-1/arm/gb-second'))));
  const arm = onBill({ listSaving: saving, listCost: cents(monthly(x86)), billed: monthly(x86) });
  return [
    finding('invoice-pdf', 'lambda-arm64', arm),
    advice('invoice-pdf', 'lambda-deprecated-runtime'),
    advice('thumbnailer', 'lambda-runtime-ends-soon'),
    advice('nightly-report', 'lambda-arm64'),
  ];
}

/** Whether nobody calls a function needs a month of metrics; the sample has fourteen days. */
function unknownOf({ name, runtime, busiest }: LambdaFunction): PlantedUnknown[] {
  const idle = {
    resource: name,
    rule: 'lambda-idle',
    reason: busiest === undefined ? 'NO_METRICS' : 'METRICS_INCOMPLETE',
  };
  return runtime === undefined ? [idle, { resource: name, rule: 'lambda-arm64', reason: 'FIELD_MISSING' }] : [idle];
}
