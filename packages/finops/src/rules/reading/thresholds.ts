import type { Subject, Threshold } from '../../model/rule.ts';

/** The limit in force: the configured one of the same name, else the rule's own. */
export const limitOf = (subject: Subject, threshold: Threshold): number =>
  subject.settings[threshold.name] ?? threshold.value;
