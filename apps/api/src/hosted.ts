import type { z } from '@hono/zod-openapi';
import type { HostedAnalysis, HostedInput } from '@infrafabric/runtime';
import type { ScheduleAsk, SessionAsk } from './api-schemas.ts';

type Asked = Partial<z.infer<typeof SessionAsk> & z.infer<typeof ScheduleAsk>['analysis']>;

/** An analysis as a host is asked for it; what was not said is absent. */
export function hostedOf({ inputs, estate, bills, live, as_of, question, budget_usd, agents }: Asked): HostedAnalysis {
  return {
    ...(inputs === 'demo' ? { demo: true } : {}),
    ...(estate === undefined ? {} : { estate: inputOf(estate) }),
    ...(bills === undefined ? {} : { bills: bills.map(inputOf) }),
    ...(live === undefined ? {} : { live }),
    ...(as_of === undefined ? {} : { asOf: as_of }),
    ...(question === undefined ? {} : { question }),
    ...(budget_usd === undefined ? {} : { budgetUsd: budget_usd }),
    ...(agents === undefined ? {} : { agents }),
  };
}

/** The other way: what was asked, in the words of the API. */
export function askedOf({
  demo,
  estate,
  bills,
  live,
  question,
  budgetUsd,
  agents,
}: HostedAnalysis): z.input<typeof ScheduleAsk>['analysis'] {
  return JSON.parse(
    JSON.stringify({
      inputs: demo === true ? 'demo' : undefined,
      estate: estate === undefined ? undefined : shown(estate),
      bills: bills?.map(shown),
      live,
      question,
      budget_usd: budgetUsd,
      agents,
    }),
  );
}

type Named = NonNullable<z.infer<typeof SessionAsk>['estate']>;

const inputOf = (input: Named): HostedInput =>
  'object' in input ? { object: input.object } : { sha256: input.upload, name: input.name };

const shown = (input: HostedInput): Named =>
  'object' in input ? { object: input.object } : { upload: input.sha256, name: input.name };
