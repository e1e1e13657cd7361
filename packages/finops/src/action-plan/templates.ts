import type { Finding } from '../model/finding.ts';
import type { ActionTemplate } from './action-template.ts';
import { COMPUTE_TEMPLATES } from './templates/compute.ts';
import { DATABASE_TEMPLATES } from './templates/database.ts';
import { KIND_TEMPLATES } from './templates/kinds.ts';
import { PLATFORM_TEMPLATES } from './templates/platform.ts';
import { STORAGE_TEMPLATES } from './templates/storage.ts';

/**
 * What to do about the findings of a rule, by rule id.
 *
 * Source of commands and options: AWS CLI 2 command reference, stated 2026-11-21, pages not re-read. Every rule has
 * an entry here or one by its kind; an entry without lines says why there are none.
 */
export const ACTION_TEMPLATES: Readonly<Record<string, ActionTemplate>> = {
  ...STORAGE_TEMPLATES,
  ...COMPUTE_TEMPLATES,
  ...DATABASE_TEMPLATES,
  ...PLATFORM_TEMPLATES,
};

/** The template of a finding: its rule's, else that of its kind of resource and action. */
export const templateFor = ({ rule, resource, actionType }: Finding): ActionTemplate | undefined =>
  ACTION_TEMPLATES[rule] ?? KIND_TEMPLATES[`${resource.type}/${actionType ?? ''}`];
