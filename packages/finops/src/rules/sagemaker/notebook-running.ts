import { z } from 'zod';
import type { Subject, Threshold, Verdict } from '../../model/rule.ts';
import { defineRule } from '../../model/rule.ts';
import { ageFigure, daysSince } from '../reading/age-figure.ts';
import { daysBefore } from '../reading/dates.ts';
import { citationsOf, itemSource } from '../reading/figures.ts';
import { limitOf } from '../reading/thresholds.ts';
import { OK, readItem, unknown } from '../reading/verdicts.ts';

const RUNNING_DAYS: Threshold = {
  name: 'SAGEMAKER_NOTEBOOK_RUNNING_DAYS',
  value: 7,
  unit: 'days without a stop',
  source: 'Cloudrift, notebook idle for 7 days, read 2026-08-21; CloudBurn flags any running notebook',
};

const Notebook = z.object({
  NotebookInstanceName: z.string(),
  NotebookInstanceStatus: z.string(),
  InstanceType: z.string(),
  LastModifiedTime: z.iso.datetime({ offset: true }).optional(),
});

/**
 * A notebook instance that has run day and night; starting and stopping change its LastModifiedTime.
 *
 * Advice without dollars: whether somebody works in it is not in the answer, and notebook prices are not in the price table.
 */
export const sagemakerNotebookRunning = defineRule({
  id: 'sagemaker-notebook-running',
  ref: 'ML-02',
  role: 'rightsizing',
  service: 'sagemaker',
  title: 'Notebook instance that is never stopped',
  appliesTo: 'SageMakerNotebook',
  reads: [],
  actionType: 'Review',
  step: 'schedule',
  severity: 4,
  effort: 'VeryLow',
  risk: 'Low',
  restartNeeded: false,
  rollbackPossible: true,
  inputs: ['sagemaker:ListNotebookInstances NotebookInstanceStatus, InstanceType, LastModifiedTime'],
  formula: 'No saving is computed: it depends on the hours of use',
  implementation: [
    'Save the work of the notebook.',
    'Stop the instance.',
    'Add a lifecycle configuration that stops it when idle.',
  ],
  rollback: 'Start the notebook instance again; its volume is kept.',
  documentation: 'https://docs.aws.amazon.com/sagemaker/latest/dg/notebook-lifecycle-config.html',
  thresholds: [RUNNING_DAYS],
  sources: [
    'https://docs.aws.amazon.com/sagemaker/latest/dg/nbi.html',
    'https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_StopNotebookInstance.html',
    'https://aws.amazon.com/sagemaker/ai/pricing/',
  ],
  derivations: [daysSince],
  judge,
});

function judge(subject: Subject): Verdict {
  const item = readItem(Notebook, subject.item);
  if (!item.ok) return item.verdict;
  const notebook = item.value;
  if (notebook.NotebookInstanceStatus !== 'InService') return OK;
  const { LastModifiedTime } = notebook;
  if (LastModifiedTime === undefined) return unknown('FIELD_MISSING', 'The answer has no usable LastModifiedTime.');
  if (daysBefore(subject.asOf, LastModifiedTime) < limitOf(subject, RUNNING_DAYS)) return OK;
  const source = itemSource(subject);
  return {
    verdict: 'FINDING',
    statement:
      `The notebook instance on ${notebook.InstanceType} has been in service for {running_days} without a stop and is charged for every hour; ` +
      'stop it when nobody works in it: its volume keeps the files.',
    figures: [ageFigure(source, 'LastModifiedTime', { name: 'running_days', asOf: subject.asOf })],
    citations: citationsOf([source]),
    confidence: '0.70',
  };
}
