import type { JsonObject } from '@infrafabric/protocol';
import { describe, expect, it } from 'vitest';
import { aSubject, aVolume, anInstance } from '../../testing/index.ts';
import { EBS_PRICES } from '../testing/facts.ts';
import { judged } from '../testing/judged.ts';
import { ebsOnStoppedInstance } from './on-stopped-instance.ts';

const anOwner = (day: string, state = 'stopped') =>
  anInstance({ State: { Name: state }, StateTransitionReason: `User initiated (${day} 10:00:00 GMT)` });
const judge = (
  related: ReturnType<typeof anOwner>[],
  item: JsonObject = {},
  prices: Record<string, string> = EBS_PRICES,
) => judged(ebsOnStoppedInstance, aSubject({ of: aVolume(item), related, prices }));

describe('ebsOnStoppedInstance', () => {
  it('keeps a snapshot of 100 GiB gp2 instead: 10.00 less 5.00', () => {
    expect(judge([anOwner('2026-10-01')])).toStrictEqual({
      verdict: 'FINDING',
      figures: { size: '100', list_cost: '10.00', list_saving: '5.00' },
    });
  });

  it('cites the instance that is stopped', () => {
    const owner = anOwner('2026-10-01');
    const verdict = ebsOnStoppedInstance.judge(aSubject({ of: aVolume(), related: [owner], prices: EBS_PRICES }));

    expect(verdict).toMatchObject({ citations: expect.arrayContaining([owner.citation]) });
  });

  it.each([
    ['a running instance', [anOwner('2026-10-01', 'running')], {}],
    ['an instance stopped a week ago', [anOwner('2026-11-13')], {}],
    ['nothing', [], { State: 'available', Attachments: [] }],
  ])('says nothing about a volume of %s', (_, related, item) => {
    expect(judge(related, item)).toStrictEqual({ verdict: 'OK', figures: {} });
  });

  it('says nothing where a snapshot would cost more than the volume', () => {
    const prices = { ...EBS_PRICES, 'ebs/us-east-1/sc1/gb-month': '0.015' };

    expect(judge([anOwner('2026-10-01')], { VolumeType: 'sc1', Size: 500 }, prices).verdict).toBe('OK');
  });

  it.each<[string, string, Parameters<typeof judge>]>([
    ['NOT_COLLECTED', 'the instance is not in the inputs', [[], {}, EBS_PRICES]],
    ['FIELD_MISSING', 'no attachment names an instance', [[], { Attachments: [] }, EBS_PRICES]],
    ['FIELD_MISSING', 'nobody says since when', [[anInstance({ State: { Name: 'stopped' } })], {}, EBS_PRICES]],
  ])('cannot know (%s) when %s', (reason, _, given) => {
    expect(judge(...given)).toStrictEqual({ verdict: 'UNKNOWN', reason, figures: {} });
  });

  it('stands without dollars when no price is sourced', () => {
    expect(judge([anOwner('2026-10-01')], {}, {})).toStrictEqual({ verdict: 'FINDING', figures: {} });
  });
});
