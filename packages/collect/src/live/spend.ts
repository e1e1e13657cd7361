import { Decimal, formatDecimal } from '@infrafabric/finops';
import { CollectError } from '../errors.ts';
import type { Collector } from './collector.ts';

/** What AWS charges for metrics asked with GetMetricData, USD each. Source: CloudWatch pricing, us-east-1, 0.01 per 1,000 metrics, read 2026-11-20. */
export const USD_PER_METRIC = '0.00001';

/** The money a collection spends on paid reads: reserved before a call, settled after. All amounts are USD. */
export class AwsSpend {
  readonly #max: Decimal | undefined;
  readonly #whole: AwsSpend | undefined;
  #reserved = new Decimal(0);
  #spent = new Decimal(0);

  /** `maxUsd` is a decimal string; absent: no cap. A part of a whole counts there too. */
  constructor(maxUsd?: string, whole?: AwsSpend) {
    this.#whole = whole;
    this.#max = maxUsd === undefined ? undefined : new Decimal(maxUsd);
  }

  /** What was spent, as a decimal string. */
  get usd(): string {
    return amount(this.#spent);
  }

  /** The spending of one place, counted here too. */
  part(): AwsSpend {
    return new AwsSpend(undefined, this);
  }

  /**
   * Sets money aside for a call; call `settle` when it was answered or failed after it was sent, `release` when it was not sent.
   *
   * @throws CollectError `AWS_BUDGET_REACHED` when the call could pass the cap.
   */
  reserve(usd: string, what: string): Reservation {
    const wanted = new Decimal(usd);
    const total = this.#spent.plus(this.#reserved).plus(wanted);
    if (this.#max !== undefined && total.greaterThan(this.#max)) throw overBudget(this.#max, total, what);
    const outer = this.#whole?.reserve(usd, what);
    this.#reserved = this.#reserved.plus(wanted);
    let open = true;
    const end = (spent: Decimal): void => {
      if (!open) return;
      open = false;
      this.#reserved = this.#reserved.minus(wanted);
      this.#spent = this.#spent.plus(spent);
    };
    return {
      settle: () => {
        outer?.settle();
        end(wanted);
      },
      release: () => {
        outer?.release();
        end(new Decimal(0));
      },
    };
  }
}

/** Money set aside for one call; only the first of the two counts. */
export interface Reservation {
  readonly settle: () => void;
  readonly release: () => void;
}

/** A line of an estimate: how many paid requests, and what they cost in USD. */
export interface EstimateLine {
  readonly what: string;
  readonly requests: number;
  readonly usd: string;
}

/** What is known of a collection before it starts. */
export interface CollectionPlan {
  readonly collectors: readonly Collector[];
  /** Places each scope is asked in: accounts for global operations, accounts x regions for regional ones. */
  readonly accounts: number;
  readonly regions: number;
  /** Metrics expected; what is not known yet is 0 and said so by the caller. */
  readonly metrics: number;
}

/** What a collection costs at least: one page of every paid operation, and the metrics. */
export function estimate(plan: CollectionPlan): { readonly usd: string; readonly lines: readonly EstimateLine[] } {
  const paid = plan.collectors.filter((one) => one.usdPerRequest !== undefined);
  const lines = paid.map((one) => {
    const requests = plan.accounts * (one.scope === 'region' ? plan.regions : 1);
    return { what: one.id, requests, usd: amount(new Decimal(one.usdPerRequest ?? '0').times(requests)) };
  });
  if (plan.metrics > 0) {
    const requests = Math.ceil(plan.metrics / METRICS_A_REQUEST);
    lines.push({ what: 'cloudwatch.GetMetricData', requests, usd: usdOfMetrics(plan.metrics) });
  }
  const total = lines.reduce((sum, line) => sum.plus(line.usd), new Decimal(0));
  return { usd: amount(total), lines };
}

/** Most queries of one GetMetricData. Source: CloudWatch API Reference, GetMetricData, MetricDataQueries, 500, read 2026-11-20. */
export const METRICS_A_REQUEST = 500;

/** What `metrics` metrics cost, USD. */
export const usdOfMetrics = (metrics: number): string => amount(new Decimal(USD_PER_METRIC).times(metrics));

const amount = (usd: Decimal): string => formatDecimal(usd);

function overBudget(max: Decimal, total: Decimal, what: string): CollectError {
  return new CollectError('AWS_BUDGET_REACHED', {
    message: `expected to stay within ${amount(max)} USD of paid AWS reads, got ${amount(total)} with ${what}`,
    where: what,
    fix: 'raise --max-aws-usd, or ask fewer regions or days',
  });
}
