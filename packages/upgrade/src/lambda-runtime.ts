import type { Subject, Verdict } from '@infrafabric/finops';
import { textOf } from './item-field.ts';
import { type Dated, fieldMissing, judgeDated } from './support-verdict.ts';
import { lambdaLifecycleKey } from './version.ts';

/**
 * Judges a function by the life cycle of its managed runtime.
 *
 * A container image brings its own runtime: OK, nothing of AWS's ends. A Zip function without a runtime: FIELD_MISSING.
 */
export function judgeRuntime(subject: Subject, decide: (runtime: string, dated: Dated) => Verdict): Verdict {
  if (subject.item['PackageType'] === 'Image') return { verdict: 'OK' };
  const runtime = textOf(subject.item, 'Runtime');
  const key = runtime === undefined ? undefined : lambdaLifecycleKey(runtime);
  if (runtime === undefined || key === undefined) return fieldMissing('Runtime');
  return judgeDated(subject, key, (dated) => decide(runtime, dated));
}
