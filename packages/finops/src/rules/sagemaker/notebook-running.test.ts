import type { JsonObject } from '@infrafabric/protocol';
import { describe, expect, it } from 'vitest';
import { aSubject, anObserved } from '../../testing/index.ts';
import { judged } from '../testing/judged.ts';
import { sagemakerNotebookRunning } from './notebook-running.ts';

const judge = (item: JsonObject, settings = {}) =>
  judged(
    sagemakerNotebookRunning,
    aSubject({
      of: anObserved('SageMakerNotebook', 'churn', {
        NotebookInstanceName: 'churn',
        NotebookInstanceStatus: 'InService',
        InstanceType: 'ml.t3.medium',
        LastModifiedTime: '2026-11-13T00:00:00Z',
        ...item,
      }),
      settings,
    }),
  );

describe('sagemakerNotebookRunning', () => {
  it('finds a notebook that has run for 7 days and claims no saving', () => {
    expect(judge({})).toStrictEqual({ verdict: 'FINDING', figures: { running_days: '7' } });
  });

  it('says nothing about one started 6 days ago or a stopped one', () => {
    expect(judge({ LastModifiedTime: '2026-11-14T00:00:00Z' })).toStrictEqual({ verdict: 'OK', figures: {} });
    expect(judge({ NotebookInstanceStatus: 'Stopped' })).toStrictEqual({ verdict: 'OK', figures: {} });
  });

  it('takes the days from the settings', () => {
    expect(judge({}, { SAGEMAKER_NOTEBOOK_RUNNING_DAYS: 8 }).verdict).toBe('OK');
  });

  it('cannot know without a time or a state', () => {
    expect(judge({ LastModifiedTime: undefined }).reason).toBe('FIELD_MISSING');
    expect(judge({ NotebookInstanceStatus: undefined }).reason).toBe('FIELD_MISSING');
  });
});
