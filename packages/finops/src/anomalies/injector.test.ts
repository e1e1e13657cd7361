import { expect, test } from 'vitest';
import { injectorScores } from '../testing/injector/detectors.ts';

const SEEDS = Array.from({ length: 25 }, (_, n) => n + 1);

test('of 150 events in bills of 25 seeds F1 is 0.9 or more, with at most one false alert a series in 90 days', () => {
  const { detector, plainRule, creditAlerts } = injectorScores(SEEDS);
  expect(detector.events).toBe(150);
  expect(detector.f1).toBeGreaterThanOrEqual(0.9);
  expect(detector.falseIn90Days).toBeLessThanOrEqual(1);
  expect(detector.placed).toBe(detector.placeable);
  expect(creditAlerts).toBeLessThanOrEqual(2);
  expect(plainRule.f1).toBeLessThan(detector.f1);
}, 120_000);
