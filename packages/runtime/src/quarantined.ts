import { claimedOrigin } from '@infrafabric/protocol';
import type { Quarantined } from '@infrafabric/store';
import { chosenHash } from './chosen-hash.ts';
import type { Config } from './config/config.ts';
import { withFabric } from './fabric.ts';

/** A refused wire and every refusal of it. Nothing in it was verified. */
export interface QuarantinedWire {
  readonly refusals: readonly Quarantined[];
  readonly wire: Uint8Array;
  /** What the wire says of itself where it can be read: claimed, never believed. */
  readonly claims: ReturnType<typeof claimedOrigin>;
}

/** Every message that was refused, the latest first. */
export function listQuarantined(config: Config): Promise<Quarantined[]> {
  return withFabric(config, async ({ quarantine }) => quarantine.list());
}

/** One refused message by its hash or the first digits of it. @throws RuntimeError `MESSAGE_UNKNOWN`. */
export function quarantinedWire(config: Config, typed: string): Promise<QuarantinedWire> {
  return withFabric(config, async ({ quarantine }) => {
    const all = await quarantine.list();
    const sha256 = chosenHash(
      typed,
      all.map((one) => one.sha256),
      { code: 'MESSAGE_UNKNOWN', what: 'message', fix: 'infrafabric quarantine ls' },
    );
    const wire = (await quarantine.read(sha256)) ?? new Uint8Array();
    return { refusals: all.filter((one) => one.sha256 === sha256), wire, claims: claimedOrigin(wire) };
  });
}
