import type { JsonObject } from '@infrafabric/protocol';
import { expect, it } from 'vitest';
import { aSubject, anObserved } from '../../testing/index.ts';
import { judged } from '../testing/judged.ts';
import { s3IncompleteUploads } from './incomplete-uploads.ts';

const begun = (...days: string[]): JsonObject[] => days.map((day) => ({ Key: 'x', Initiated: `${day}T00:00:00Z` }));
const judge = (item: JsonObject) =>
  judged(
    s3IncompleteUploads,
    aSubject({ of: anObserved('S3Bucket', 'data', { Bucket: 'data', IsTruncated: false, ...item }) }),
  );

it('counts the uploads that began a week ago or earlier', () => {
  expect(judge({ Uploads: begun('2026-11-13', '2025-01-01', '2026-11-14') })).toStrictEqual({
    verdict: 'FINDING',
    figures: { old_uploads: '2' },
  });
});

it.each([[{}], [{ Uploads: [] }], [{ Uploads: begun('2026-11-14') }]])('says OK of %o', (item) => {
  expect(judge(item)).toStrictEqual({ verdict: 'OK', figures: {} });
});

it('cannot know from the list of buckets', () => {
  expect(judge({ Bucket: undefined, IsTruncated: undefined })).toStrictEqual({
    verdict: 'UNKNOWN',
    reason: 'FIELD_MISSING',
    figures: {},
  });
});
