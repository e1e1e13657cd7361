import { Role, WORKER_ROLES } from '@infrafabric/protocol';
import { Duration, type Stack } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, type IMetric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { Topic } from 'aws-cdk-lib/aws-sns';
import { pascalCase } from './bus.ts';
import type { DeployedFunction } from './functions.ts';
import { productMetric } from './metrics.ts';
import type { DeploymentOptions } from './options.ts';

/** More failed tasks than this, of every hundred that end, are an alarm. */
const ERROR_PERCENT = 5;

/** A session that has not moved on for so long is stuck. */
const STUCK_MINUTES = 30;

/** So much more than the baseline of a day is an alarm. */
const COST_OVER_BASELINE = 1.3;

/** Functions whose own failure no task and nobody waiting tells of. */
const UNHEARD: ReadonlySet<string> = new Set(['start', 'sweeper', 'coordinator']);

/** What the alarms watch and where they are told. */
export interface Watched {
  readonly functions: readonly DeployedFunction[];
  readonly options: DeploymentOptions;
  readonly topic: Topic;
}

/** Every alarm of the deployment; each tells the alarm topic when it begins and when it ends. */
export function createAlarms(stack: Stack, { functions, options, topic }: Watched): readonly Alarm[] {
  const alarms = [
    ...WORKER_ROLES.map((role) => errorAlarm(stack, role, options)),
    ...Role.options.map((role) => deadLetterAlarm(stack, role, options)),
    stuckAlarm(stack, options),
    costAlarm(stack, options),
    ...functions.filter(({ declared }) => UNHEARD.has(declared.name)).map((one) => failureAlarm(stack, one, options)),
    ...functions.filter(({ declared }) => declared.name === 'sweeper').map((one) => silenceAlarm(stack, one, options)),
  ];
  const action = new SnsAction(topic);
  for (const alarm of alarms) {
    alarm.addAlarmAction(action);
    alarm.addOkAction(action);
  }
  return alarms;
}

function errorAlarm(stack: Stack, role: Role, { prefix }: DeploymentOptions): Alarm {
  return alarmOn(stack, `${pascalCase(role)}Errors`, {
    name: `${prefix}-errors-${role}`,
    says: `More than ${ERROR_PERCENT} % of the tasks of the ${role} that ended within 5 minutes failed`,
    metric: productMetric('ErrorRate', { dimensions: { AgentRole: role } }),
    above: ERROR_PERCENT,
  });
}

/** Counted when they are taken in: a queue that is emptied every minute may never be seen full. */
function deadLetterAlarm(stack: Stack, role: Role, { prefix }: DeploymentOptions): Alarm {
  return alarmOn(stack, `${pascalCase(role)}DeadLetterAlarm`, {
    name: `${prefix}-dead-letters-${role}`,
    says: `Messages to the ${role} that could not be delivered or handled`,
    metric: productMetric('DeadLetters', { dimensions: { AgentRole: role } }),
    above: 0,
  });
}

function stuckAlarm(stack: Stack, { prefix }: DeploymentOptions): Alarm {
  return alarmOn(stack, 'Stuck', {
    name: `${prefix}-no-progress`,
    says: `A session has made no progress for ${STUCK_MINUTES} minutes`,
    metric: productMetric('LastProgressAge', { dimensions: { AgentRole: 'coordinator' } }),
    above: STUCK_MINUTES * 60,
  });
}

function costAlarm(stack: Stack, { prefix, costBaselineUsdDay }: DeploymentOptions): Alarm {
  return alarmOn(stack, 'RunCost', {
    name: `${prefix}-run-cost`,
    says: `Cost 30 % over baseline: models and paid reads of a day, against ${costBaselineUsdDay} USD`,
    metric: productMetric('CostUsd', { period: Duration.days(1) }),
    above: Number(costBaselineUsdDay) * COST_OVER_BASELINE,
  });
}

function failureAlarm(stack: Stack, { declared, lambda }: DeployedFunction, { prefix }: DeploymentOptions): Alarm {
  return alarmOn(stack, `${pascalCase(declared.name)}Failed`, {
    name: `${prefix}-failed-${declared.name}`,
    says: `The ${declared.name} function failed`,
    metric: lambda.metricErrors({ period: Duration.minutes(5) }),
    above: 0,
  });
}

/** The sweeper measures progress; when it is not called any more, no other alarm would say so. */
function silenceAlarm(stack: Stack, { lambda }: DeployedFunction, { prefix }: DeploymentOptions): Alarm {
  const metric = lambda.metricInvocations({ period: Duration.minutes(15) });
  return new Alarm(stack, 'SweeperSilent', {
    alarmName: `${prefix}-silent-sweeper`,
    alarmDescription: 'Nobody looked for stuck sessions for 15 minutes',
    metric,
    threshold: 1,
    comparisonOperator: ComparisonOperator.LESS_THAN_THRESHOLD,
    evaluationPeriods: 1,
    treatMissingData: TreatMissingData.BREACHING,
  });
}

interface AlarmSpec {
  readonly name: string;
  readonly says: string;
  readonly metric: IMetric;
  readonly above: number;
}

/** Quiet while there is nothing to measure: no session is running. */
function alarmOn(stack: Stack, id: string, { name, says, metric, above }: AlarmSpec): Alarm {
  return new Alarm(stack, id, {
    alarmName: name,
    alarmDescription: says,
    metric,
    threshold: above,
    comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
    evaluationPeriods: 1,
    treatMissingData: TreatMissingData.NOT_BREACHING,
  });
}
