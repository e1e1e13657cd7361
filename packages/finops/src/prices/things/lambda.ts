import { Decimal } from '../../money.ts';
import { FinopsError } from '../../errors.ts';
import { type Amount, type Usage, meter, meterIfUsed } from '../usage.ts';

/** Memory and ephemeral storage a function may have. Source: AWS Lambda Developer Guide, "Lambda quotas". */
export const LAMBDA_LIMITS = { memoryMib: [128, 10_240], ephemeralMib: [512, 10_240] } as const;

/** A Lambda function over one month. */
export interface LambdaFunction {
  readonly region: string;
  readonly arch: 'x86' | 'arm';
  readonly requests: Amount;
  /** Average billed milliseconds of one request. */
  readonly averageMs: Amount;
  /** 128 to 10,240. */
  readonly memoryMib: number;
  /** 512 to 10,240; 512 are included. */
  readonly ephemeralMib?: number;
  /** Provisioned concurrency: how many instances for how many seconds; then duration is charged at its own rate and without tiers. */
  readonly provisioned?: { readonly concurrency: number; readonly seconds: Amount };
}

/**
 * What a function uses in a month: requests, GB-seconds (tiered), ephemeral storage above 512 MiB, provisioned concurrency.
 *
 * @throws FinopsError `USAGE_OUT_OF_RANGE` for memory or storage that Lambda does not offer.
 */
export function lambdaFunction(fn: LambdaFunction): readonly Usage[] {
  const { region, arch, provisioned } = fn;
  expectWithin('memory', fn.memoryMib, LAMBDA_LIMITS.memoryMib);
  expectWithin('ephemeral storage', fn.ephemeralMib ?? 512, LAMBDA_LIMITS.ephemeralMib);
  const seconds = new Decimal(fn.requests).times(fn.averageMs).div(1000);
  const gib = new Decimal(fn.memoryMib).div(1024);
  const idle = provisioned && gib.times(provisioned.concurrency).times(provisioned.seconds);
  const duration = provisioned ? 'provisioned-duration-gb-second' : 'gb-second';
  return [
    meter('Requests', `lambda/${region}/request/million`, new Decimal(fn.requests).div(1_000_000)),
    meter('Duration', `lambda/${region}/${arch}/${duration}`, seconds.times(gib)),
    ...meterIfUsed('Provisioned Concurrency', `lambda/${region}/${arch}/provisioned-concurrency-gb-second`, idle),
    ...meterIfUsed(
      'Ephemeral storage',
      `lambda/${region}/ephemeral/gb-second`,
      new Decimal((fn.ephemeralMib ?? 512) - 512).div(1024).times(seconds),
    ),
  ];
}

/** What a Lambda@Edge function uses in a month; it is billed wherever it runs at one price. Memory in MiB. */
export function lambdaEdge(fn: {
  readonly requests: Amount;
  readonly averageMs: Amount;
  readonly memoryMib: number;
}): readonly Usage[] {
  expectWithin('memory', fn.memoryMib, LAMBDA_LIMITS.memoryMib);
  const seconds = new Decimal(fn.requests).times(fn.averageMs).div(1000);
  return [
    meter('Edge requests', 'lambda/global/edge-request/million', new Decimal(fn.requests).div(1_000_000)),
    meter('Edge duration', 'lambda/global/edge/gb-second', seconds.times(fn.memoryMib).div(1024)),
  ];
}

function expectWithin(what: string, mib: number, [low, high]: readonly [number, number]): void {
  if (mib >= low && mib <= high) return;
  throw new FinopsError('USAGE_OUT_OF_RANGE', { message: `expected ${what} of ${low} to ${high} MiB, got ${mib}` });
}
