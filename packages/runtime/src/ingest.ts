import { readBills, readEstate } from '@infrafabric/collect';
import type { InputManifest } from '@infrafabric/finops';
import type { EvidenceStore } from '@infrafabric/protocol';
import { RuntimeError } from './errors.ts';

/** What a person hands to an analysis. */
export interface Inputs {
  readonly estate?: string | undefined;
  /** Files or folders; together they are one bill. */
  readonly bills: readonly string[];
  /** Read the AWS account the credentials belong to. */
  readonly live?: boolean | undefined;
  /** Dated exchange rates such as `EUR=1.08@2026-11-01`. */
  readonly rates?: readonly string[] | undefined;
}

/**
 * Reads every input and stores it as evidence before a session exists, so a bad input costs nothing and leaves nothing behind.
 *
 * @throws RuntimeError `INPUT_NONE`; CollectError for what is wrong with an input.
 */
export async function ingest(inputs: Inputs, evidence: Pick<EvidenceStore, 'put'>): Promise<InputManifest> {
  refuseNoInput(inputs);
  const estate = inputs.estate === undefined ? EMPTY : await readEstate(inputs.estate, evidence);
  if (inputs.bills.length === 0) return estate;
  const bill = await readBills({ paths: inputs.bills, rates: inputs.rates }, evidence);
  return { ...estate, files: [...estate.files, ...bill.files], unused: [...estate.unused, ...bill.unused] };
}

/** @throws RuntimeError `INPUT_NONE` when there is nothing to analyse. */
export function refuseNoInput(inputs: Inputs): void {
  if (inputs.estate !== undefined || inputs.bills.length > 0 || inputs.live === true) return;
  throw new RuntimeError('INPUT_NONE', {
    message: 'nothing to analyse',
    fix: 'give --estate DIR, --bill FILE, --live or several of them; or try: infrafabric demo',
  });
}

const EMPTY: InputManifest = { files: [], failed: [], unused: [] };
