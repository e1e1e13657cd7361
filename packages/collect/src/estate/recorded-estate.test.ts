import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { sha256Hex } from '@infrafabric/protocol';
import { sharedData } from '@infrafabric/protocol/testing';
import { expect, test } from 'vitest';
import { MemoryEvidence, estateFolder } from '../testing/estate-folder.ts';
import { readEstate } from './read-estate.ts';

const recorded = sharedData('estates/recorded', process.env);

test.skipIf(recorded.missing)(
  `all recorded answers load, and no secret of theirs is stored${recorded.note}`,
  async () => {
    const evidence = new MemoryEvidence();
    const manifest = await readEstate(recorded.path, evidence);
    expect([manifest.files.length, manifest.failed.length, manifest.unused.length]).toStrictEqual([1272, 0, 0]);
    expect(new Set(manifest.files.map((file) => file.region)).size).toBe(12);
    const hits: Record<string, number> = {};
    for (const file of manifest.files) {
      const text = evidence.text(file.evidence);
      expect(text).not.toMatch(/X-Amz-(Security-Token|Signature|Credential)|"(UserData|MasterUserPassword)": ?"[^["]/);
      for (const [, id] of text.matchAll(/\[redacted:([a-z-]+)\]/g)) hits[id!] = (hits[id!] ?? 0) + 1;
      expect(sha256Hex(text) === file.sha256).toBe(file.redactions === 0);
    }
    expect(hits).toStrictEqual({ 'code-location': 20, environment: 31, 'named-secret': 3 });
  },
);

const errors = sharedData('estates/recorded-errors', process.env);

test.skipIf(errors.missing)(`all recorded errors become failed requests${errors.note}`, async () => {
  const folder = await estateFolder({});
  await cp(errors.path, join(folder.path, 'us-east-1'), { recursive: true });
  const evidence = new MemoryEvidence();
  const { files, failed, unused } = await readEstate(folder.path, evidence);
  expect([files, unused]).toStrictEqual([[], []]);
  expect(failed.map((one) => `${one.client}.${one.operation} ${one.error_code}`)).toStrictEqual([
    'cloudwatch-logs.DescribeLogGroups ThrottlingException',
    'ec2.DescribeAddresses InvalidAllocationID.NotFound',
    'ec2.DescribeNetworkInterfaces InvalidNetworkInterfaceID.NotFound',
    'ec2.DescribeVolumes InvalidVolume.NotFound',
    'kms.DescribeKey AccessDeniedException',
    'kms.DescribeKey NotFoundException',
    'lambda.GetFunction ResourceNotFoundException',
    'rds.DescribeDBInstances DBInstanceNotFound',
  ]);
  await folder.remove();
});
