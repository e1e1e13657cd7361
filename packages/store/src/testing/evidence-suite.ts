import { type EvidenceStore, evidenceId, sha256Hex } from '@infrafabric/protocol';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { MAX_EVIDENCE_BYTES } from '../evidence-bytes.ts';

/** A store under test and the ways to harm it. */
export interface EvidenceHarness {
  readonly store: EvidenceStore;
  /** Replaces the stored bytes of `hex` behind the store's back. */
  damage(hex: string, bytes: Uint8Array): Promise<void>;
  close(): Promise<void>;
}

const text = (value: string): Uint8Array => new TextEncoder().encode(value);

/** What every evidence driver promises. `make` opens an empty store. */
export function testEvidenceStore(name: string, make: () => Promise<EvidenceHarness>): void {
  describe(`evidence in ${name}`, () => {
    let harness: EvidenceHarness;
    beforeAll(async () => {
      harness = await make();
    });
    afterAll(async () => harness.close());

    test('names bytes by their sha256 and gives them back', async () => {
      // sha256("abc"): FIPS 180-2 appendix B.1.
      const id = 'if://evidence/sha256/ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';

      expect(await harness.store.put(text('abc'))).toStrictEqual({ id, fresh: true });
      expect([...(await harness.store.get(id))]).toStrictEqual([97, 98, 99]);
    });

    test('says that bytes were there already', async () => {
      const first = await harness.store.put(text('written twice'));

      expect(await harness.store.put(text('written twice'))).toStrictEqual({ id: first.id, fresh: false });
    });

    test('keeps no bytes as readily as some', async () => {
      const { id } = await harness.store.put(new Uint8Array());

      expect((await harness.store.get(id)).byteLength).toBe(0);
    });

    test('gives back one of 50 racing writers as the fresh one', async () => {
      const answers = await Promise.all(Array.from({ length: 50 }, async () => harness.store.put(text('raced'))));

      expect(answers.filter(({ fresh }) => fresh)).toHaveLength(1);
    });

    test('keeps every byte value', async () => {
      const bytes = Uint8Array.from({ length: 70_000 }, (_, index) => index % 256);
      const { id } = await harness.store.put(bytes);

      expect(sha256Hex(await harness.store.get(id))).toBe(sha256Hex(bytes));
    });

    test('answers EVIDENCE_MISSING for bytes nobody wrote', async () => {
      await expect(harness.store.get(evidenceId('00'.repeat(32)))).rejects.toMatchObject({
        code: 'EVIDENCE_MISSING',
        retry: 'never',
      });
    });

    test('answers EVIDENCE_CORRUPT for bytes that no longer hash to their name', async () => {
      const hex = sha256Hex('promised');
      await harness.damage(hex, text('delivered'));

      await expect(harness.store.get(evidenceId(hex))).rejects.toMatchObject({
        code: 'EVIDENCE_CORRUPT',
        retry: 'never',
      });
    });

    test('gives at most as many bytes as a reader takes', async () => {
      const { id } = await harness.store.put(text('1234'));

      expect(await harness.store.get(id, 4)).toHaveLength(4);
      await expect(harness.store.get(id, 3)).rejects.toMatchObject({ code: 'TOO_LARGE', where: id });
      await expect(harness.store.get(evidenceId('00'.repeat(32)), 4)).rejects.toMatchObject({
        code: 'EVIDENCE_MISSING',
      });
    });

    test('refuses bytes above the bound', async () => {
      await expect(harness.store.put(new Uint8Array(MAX_EVIDENCE_BYTES + 1))).rejects.toMatchObject({
        code: 'TOO_LARGE',
      });
    });
  });
}
