import { ACTION_TEMPLATES, FINOPS_RULES } from '@infrafabric/finops';
import { UPGRADE_RULES } from '@infrafabric/upgrade';
import { expect, test } from 'vitest';
import { composeReport } from './compose.ts';
import { htmlRenderer } from './renderers/html.ts';
import { markdownRenderer } from './renderers/markdown.ts';
import { aSmallSession, aVolumeItem, gatheredIn } from './testing/index.ts';

const ID = 'vol-00000000000000002';
const report = composeReport(
  gatheredIn(aSmallSession({ volumes: [aVolumeItem(1), aVolumeItem(2, { State: 'available', Attachments: [] })] })),
);

test('the plan of a report adds up to its net total, figure by figure', () => {
  const claim = report.claims.find((one) => one.id === report.action_plan.claim);
  const of = (name: string) => claim?.figures.find((figure) => figure.name === name)?.value;
  expect(report.action_plan.steps.map(({ order, usd_month: usd }) => [usd, usd === of(`step.${order}`)])).toStrictEqual(
    [
      ['1.83', true],
      ['7.61', true],
    ],
  );
  expect([of('when.today'), of('when.this-week'), report.totals.net_effective]).toStrictEqual(['1.83', '7.61', '9.44']);
});

test('every rendering shows the lines, the snapshot before the deletion', () => {
  for (const text of [htmlRenderer.render(report), markdownRenderer.render(report)]) {
    const [snapshot, deletion] = [
      text.indexOf('create-snapshot'),
      text.indexOf(`delete-volume --region us-east-1 --volume-id ${ID}`),
    ];
    expect(snapshot).toBeGreaterThan(0);
    expect(deletion).toBeGreaterThan(snapshot);
  }
});

test('every rule about life cycles has lines or says why it has none', () => {
  const without = UPGRADE_RULES.filter(({ id }) => {
    const template = ACTION_TEMPLATES[id];
    return template === undefined || template.change.length > 0 === (template.why !== undefined);
  });
  expect(without.map((rule) => rule.id)).toStrictEqual([]);
});

test('every template is of a rule', () => {
  const rules = new Set([...FINOPS_RULES, ...UPGRADE_RULES].map((rule) => rule.id));
  expect(Object.keys(ACTION_TEMPLATES).filter((rule) => !rules.has(rule))).toStrictEqual([]);
});
