export { aBill, aBillCitation, aCitedBill, onDay } from './bill.ts';
export type { BillLine } from './bill.ts';
export { anEvidenceId, anInstance, anObserved, aVolume } from './observed.ts';
export { aPriceTable, aSubject, aTable } from './subject.ts';
export type { SubjectOptions } from './subject.ts';
export { aSaving } from './saving.ts';
export type { SavingPlan } from './saving.ts';
export { aSeries } from './series.ts';
export { figureValues } from './verdict.ts';
