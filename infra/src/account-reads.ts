import { COLLECTORS, readOnlyPolicy } from '@infrafabric/collect/live';
import type { LambdaName } from '@infrafabric/runtime/lambda-functions';

/**
 * The actions with which a function reads the analysed account: the collector asks everything a collection asks, whoever
 * starts one only which regions and accounts there are.
 */
export function accountReads(name: LambdaName): readonly string[] {
  return readOnlyPolicy(name === 'collector' ? COLLECTORS : []).Statement[0].Action;
}
