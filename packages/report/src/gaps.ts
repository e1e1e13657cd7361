import {
  type BillResult,
  FAILURE_ADVICE,
  type FailedRequest,
  type Gap,
  type Gathered,
  isGap,
  isInventory,
  policyLine,
  wholeManifest,
} from '@infrafabric/finops';

/**
 * Everything the report cannot speak about although it was asked to: failed tasks, denied or failed AWS calls, and estate
 * accounts the bill says nothing of. UNKNOWN verdicts are not gaps; they are coverage.
 */
export function gapsOf(gathered: Gathered): Gap[] {
  const { failed } = wholeManifest(
    gathered.manifest,
    gathered.results.map(({ result }) => result),
  );
  const gaps = [...gathered.gaps, ...failed.filter(isGap).map(failedRequest), ...uncoveredAccounts(gathered)];
  return gaps.sort((a, b) => (`${a.code}|${a.what}` < `${b.code}|${b.what}` ? -1 : 1));
}

function failedRequest({ account, region, client, operation, error_code, ...meaning }: FailedRequest): Gap {
  const where = [account, region].filter((part) => part !== undefined).join('/');
  return {
    code: 'REQUEST_FAILED',
    what: `${where} ${client}.${operation}`,
    detail: `AWS answered ${error_code}; ${adviceOf(meaning)}what this call would have listed was not analysed`,
  };
}

/** What to do about it, when that is known. */
function adviceOf({ denied = [], code }: Pick<FailedRequest, 'code' | 'denied'>): string {
  if (code !== undefined) return `${code}: ${FAILURE_ADVICE[code]}; `;
  const isKnown = denied.length > 0 && denied.every((action) => action.includes(':'));
  return isKnown ? `AWS_ACCESS_DENIED: add to the policy ${policyLine(denied)}; ` : '';
}

function uncoveredAccounts({ results }: Gathered): Gap[] {
  const bills = results.map(({ result }) => result).filter((result): result is BillResult => result.kind === 'bill');
  if (bills.length === 0) return [];
  const billed = new Set(bills.flatMap((bill) => bill.accounts));
  const estate = results.map(({ result }) => result).filter(isInventory);
  const missing = [...new Set(estate.flatMap((index) => index.accounts))].filter((account) => !billed.has(account));
  if (missing.length === 0) return [];
  const shown = missing.sort().slice(0, 5).join(', ');
  return [
    {
      code: 'BILL_DOES_NOT_COVER_ACCOUNT',
      what: missing.length > 5 ? `${shown} and ${missing.length - 5} more` : shown,
      detail: 'the bill has no charge of these accounts of the estate; savings of their resources are at list price',
    },
  ];
}
