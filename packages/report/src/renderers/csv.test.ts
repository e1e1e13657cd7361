import { parseCsv } from '@infrafabric/collect';
import { expect, test } from 'vitest';
import { composeReport } from '../compose.ts';
import { aSmallSession, aVolumeItem, gatheredIn } from '../testing/index.ts';
import { csvRenderer } from './csv.ts';

const tableOf = (text: string): Record<string, string>[] => {
  const { columns, rows } = parseCsv(new TextEncoder().encode(text), 'findings.csv');
  return rows.map((row) => Object.fromEntries(columns.map((column, at) => [column, row[at] ?? ''])));
};

test('findings.csv has one record a finding with its amounts', () => {
  const rows = tableOf(csvRenderer.render(composeReport(gatheredIn(aSmallSession()))));

  expect(rows.map(({ claim: _claim, statement: _statement, finding: _finding, ...row }) => row)).toStrictEqual([
    aRow({
      list_usd_month: '2.00',
      effective_usd_month: '1.83',
      net_usd_month: '1.83',
      net_cash_now_usd_month: '1.83',
    }),
    aRow({
      resource_id: 'vol-00000000000000002',
      list_usd_month: '2.00',
      effective_usd_month: '1.52',
      net_usd_month: '0.00',
      net_cash_now_usd_month: '0.00',
    }),
    aRow({
      rule: 'ebs-unattached',
      ref: 'EBS-01',
      role: 'rightsizing',
      resource_id: 'vol-00000000000000002',
      action: 'Delete',
      severity: '5',
      effort: 'Low',
      risk: 'Medium',
      confidence: '0.90',
      list_usd_month: '10.00',
      effective_usd_month: '7.61',
      net_usd_month: '7.61',
      net_cash_now_usd_month: '0.00',
      net_freed_commitment_usd_month: '7.61',
    }),
  ]);
  expect(rows.map(({ claim }) => claim?.slice(0, 18))).toStrictEqual(Array(3).fill('if://claim/sha256/'));
  expect(rows[2]?.['statement']).toMatch(/^The gp2 volume of 100 GiB is attached to no instance/);
});

test('a hostile name is text, and its records end where they should', () => {
  const name = `=HYPERLINK("http://evil.example","x")\r\n"quoted", \u202Eback`;
  const volumes = [aVolumeItem(1, { Tags: [{ Key: 'Name', Value: name }] }), aVolumeItem(2)];
  const rows = tableOf(csvRenderer.render(composeReport(gatheredIn(aSmallSession({ volumes, bill: [{}] })))));

  expect(rows.map((row) => row['resource_name'])).toStrictEqual([
    `'=HYPERLINK("http://evil.example","x") "quoted", ⟨U+202E⟩back`,
    'data',
  ]);
});

function aRow(row: Record<string, string>): Record<string, string> {
  return {
    rule: 'ebs-gp2-to-gp3',
    ref: 'EBS-04',
    role: 'pricing',
    service: 'ebs',
    account: '123456789012',
    region: 'us-east-1',
    resource_type: 'EbsVolume',
    resource_id: 'vol-00000000000000001',
    resource_name: 'data',
    action: 'Upgrade',
    priority: 'low',
    severity: '3',
    effort: 'VeryLow',
    risk: 'VeryLow',
    confidence: '0.92',
    alternative_to: '',
    basis: 'bill',
    net_freed_commitment_usd_month: '0.00',
    decision: '',
    ...row,
  };
}
