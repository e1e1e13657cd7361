import { anEvidenceId } from '@infrafabric/finops/testing';
import { makeClaim } from '@infrafabric/protocol';
import { expect, test } from 'vitest';
import { composeReport } from '../compose.ts';
import type { Commitments } from '../model-commitments.ts';
import type { Report, SuppressedFinding } from '../model.ts';
import { aSmallSession, gatheredIn } from '../testing/index.ts';
import { htmlRenderer } from './html.ts';
import { markdownRenderer } from './markdown.ts';

const said = (statement: string, confidence: string) =>
  makeClaim({ topic: 'commitment', statement, figures: [], citations: [], confidence, role: 'coordinator' });
const total = said('Commitments save 20.16 USD/month more.', '1.00');
const purchase = said(
  'For one year: 1 reserved saves 20.16 USD/month, at rates of 2026-09-26. It has paid for itself in month 8.',
  '0.60',
);
const commitments: Commitments = {
  claim: total.id,
  usd_month: '20.16',
  usage: { from: '2026-10-01T00:00:00.000Z', hours: 1200, precision: 'day' },
  held: [],
  replaces: 0,
  options: [
    {
      set: 'ec2',
      plan: 'reservation',
      years: 1,
      payment: 'no-upfront',
      counted: true,
      usd_month: '20.16',
      unpriced: 8,
      purchases: [
        {
          scope: 'ec2/us-east-1/linux/m7g.large',
          claim: purchase.id,
          commitment: '1',
          cost: '39.45',
          saving: '20.16',
          saving_at_less_use: '8.24',
          utilisation: '100',
          break_even_month: '8',
          left: '59.61',
        },
      ],
    },
  ],
  unknown: [],
};

const small = composeReport(gatheredIn(aSmallSession()));
const report: Report = { ...small, commitments, claims: [...small.claims, total, purchase] };

test('a purchase shows the date of its rates, its break-even month, what less use does, and what was left out', () => {
  const [section = ''] = /<section id="commitments">.*?<\/section>/s.exec(htmlRenderer.render(report)) ?? [];
  const cells = [...section.matchAll(/<td data-label="([^"]*)" class="num"[^>]*>(?:<bdi>)?([^<]*)/g)].map((one) =>
    one.slice(1),
  );

  expect(cells).toStrictEqual([
    ['Commitment', '1'],
    ['Saves USD/month', '20.16'],
    ['Used', '100 %'],
    ['Break-even month', '8'],
    ['At 20 % less use', '8.24'],
    ['Confidence', '0.60'],
  ]);
  expect(section).toContain('saves 20.16 USD/month, at rates of 2026-09-26.</bdi></p>');
  expect(section).toContain('left out: what ran at 8 other prices without a sourced rate');
});

test('the same in a row of Markdown', () => {
  expect(markdownRenderer.render(report)).toContain(
    '| EC2 reservations, 1 year no upfront \\(counted\\) | ec2/us-east-1/linux/m7g.large | 1 | 20.16 | 100 % | 8 | 8.24 | 0.60 |',
  );
});

const BY_TAG: SuppressedFinding['suppression'] = {
  kind: 'tag',
  expression: 'env=prod',
  citation: { evidence: anEvidenceId('an answer'), pointer: '/Tags', media_type: 'application/json' },
};

test.each([
  ['ec2', 'terminate', true],
  ['ebs', 'terminate', false],
  ['rds', 'surcharge', false],
] as const)('a finding set aside on %s, step %s, is told to who may commit: %s', (service, step, isTold) => {
  const [finding] = small.findings;
  const aside = { ...finding, service, step } as unknown as SuppressedFinding;
  const page = markdownRenderer.render({ ...report, suppressed: [{ ...aside, suppression: BY_TAG }] });

  expect(
    page.includes(
      'What 1 finding that was set aside would change is taken to run on as it is: buy nothing for what may go.',
    ),
  ).toBe(isTold);
});
