import { canonicalBytes, evidenceId, type EvidenceId, sha256Hex } from '@infrafabric/protocol';
import { aTask } from '@infrafabric/protocol/testing';
import { expect, test } from 'vitest';
import { carrying, orderOf } from './work-list.ts';

const workListOf = (names: number) => ({
  kind: 'index-estate',
  files: Array.from({ length: names }, (_, n) => ({ name: `${n}.json` })),
});

function planned(names: number) {
  const bytes = canonicalBytes(workListOf(names));
  return { bytes, spec: aTask('collector', { input: evidenceId(sha256Hex(bytes)) }) };
}

const noBlobs = { get: (id: EvidenceId) => Promise.reject(new Error(`nobody may ask for ${id}`)) };

test('a short work list travels in the context and is taken out of it', async () => {
  const { spec, bytes } = planned(3);
  const carried = carrying(spec, bytes);

  expect(await orderOf({ task: spec, context: carried.spec.context }, noBlobs)).toStrictEqual({
    context: spec.context,
    workList: workListOf(3),
  });
  expect({ ...carried, spec: { ...carried.spec, context: spec.context } }).toStrictEqual({ spec });
});

test('a long one stays in its blob', async () => {
  const { spec, bytes } = planned(300);

  expect(carrying(spec, bytes)).toStrictEqual({ spec, blob: bytes });
  expect(await orderOf({ task: spec, context: spec.context }, { get: () => Promise.resolve(bytes) })).toStrictEqual({
    context: spec.context,
    workList: workListOf(300),
  });
});

test.each([
  ['another work list', workListOf(4)],
  ['something else', 'text'],
])('%s than the task names is refused', async (_what, work_list) => {
  const { spec } = planned(3);

  await expect(orderOf({ task: spec, context: { ...spec.context, work_list } }, noBlobs)).rejects.toMatchObject({
    code: 'WORK_LIST_INVALID',
    where: 'context.work_list',
  });
});
