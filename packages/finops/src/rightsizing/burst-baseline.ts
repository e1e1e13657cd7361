/**
 * Baseline of a vCPU of burstable types, percent by family and size: up to it the CPU credits earned pay for the credits spent.
 *
 * Source: EC2 user guide, "Key concepts for burstable performance instances", credit table, checked 2026-09-29.
 */
const BASELINES: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  t2: { nano: 5, micro: 10, small: 20, medium: 20, large: 30, xlarge: 22.5, '2xlarge': 17 },
  t3: { nano: 5, micro: 10, small: 20, medium: 20, large: 30, xlarge: 40, '2xlarge': 40 },
};

/** Families that share the table of another. */
const SAME_AS: Readonly<Record<string, string>> = { t3a: 't3', t4g: 't3' };

/** The baseline of a burstable type in percent of its vCPUs; `undefined` when the table has none. */
export function burstBaseline(type: string): number | undefined {
  const [family = '', size = ''] = type.split('.');
  return BASELINES[SAME_AS[family] ?? family]?.[size];
}
