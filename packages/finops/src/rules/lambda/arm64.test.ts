import type { JsonObject } from '@infrafabric/protocol';
import { describe, expect, it } from 'vitest';
import { aSeries, aSubject, anObserved } from '../../testing/index.ts';
import { hourly } from '../testing/facts.ts';
import { judged } from '../testing/judged.ts';
import { lambdaArm64 } from './arm64.ts';

const PRICES = { 'lambda/us-east-1/x86/gb-second': '0.0000166667', 'lambda/us-east-1/arm/gb-second': '0.0000133334' };
/** One invocation running at all times. */
const DURATION = aSeries('Duration', hourly(14, 3_600_000), {
  namespace: 'AWS/Lambda',
  dimensions: { FunctionName: 'resize' },
  stat: 'Sum',
});
const subject = (item: JsonObject, series = [DURATION], prices: Record<string, string> = PRICES) =>
  aSubject({
    of: anObserved('LambdaFunction', 'resize', {
      FunctionName: 'resize',
      MemorySize: 1024,
      Runtime: 'python3.12',
      PackageType: 'Zip',
      Architectures: ['x86_64'],
      ...item,
    }),
    series,
    prices,
  });
const judge = (...args: Parameters<typeof subject>) => judged(lambdaArm64, subject(...args));

describe('lambdaArm64', () => {
  it('prices 1 GB at all times: 86,400 x 30.44 GB-seconds at the two prices', () => {
    // 2,630,016 x 0.0000166667 = 43.8337; x 0.0000033333 = 8.7666
    expect(judge({})).toStrictEqual({ verdict: 'FINDING', figures: { list_cost: '43.83', list_saving: '8.77' } });
  });

  it('advises without dollars where nobody measured', () => {
    expect(judge({}, [])).toStrictEqual({ verdict: 'FINDING', figures: {} });
    expect(lambdaArm64.judge(subject({ Layers: [{ Arn: 'a' }] }, []))).toMatchObject({
      confidence: '0.60',
      severity: 1,
    });
  });

  it.each([
    ['runs on arm64', { Architectures: ['arm64'] }],
    ['has a runtime for x86 only', { Runtime: 'go1.x' }],
    ['has an ended runtime, and no architecture said', { Runtime: 'python2.7', Architectures: undefined }],
  ])('says nothing about a function that %s', (_, item) => {
    expect(judge(item)).toStrictEqual({ verdict: 'OK', figures: {} });
  });

  it.each([
    ['FIELD_MISSING', 'the architecture is not said', { Architectures: undefined }, PRICES],
    ['FIELD_MISSING', 'it is a container image', { Runtime: undefined, PackageType: 'Image' }, PRICES],
    ['NO_PRICE', 'there is no price', {}, {}],
  ])('cannot know (%s) when %s', (reason, _, item, prices) => {
    expect(judge(item, [DURATION], prices)).toStrictEqual({ verdict: 'UNKNOWN', reason, figures: {} });
  });
});
