/** Failures of a call that have a remedy of their own, and the remedy. */
export const FAILURE_ADVICE = {
  AWS_COST_EXPLORER_NOT_ENABLED:
    'enable Cost Explorer in the billing console of the payer account; AWS needs up to 24 hours to prepare the data',
  AWS_SUPPORT_PLAN_REQUIRED:
    'Trusted Advisor answers only accounts with a Business, Enterprise On-Ramp or Enterprise support plan',
  AWS_CREDENTIALS:
    'sign in again (aws sso login, or new keys), and name the profile with --profile; then: infrafabric doctor --live',
  DATE_RANGE_INVALID:
    'Cost Explorer has whole days of at most 13 months back, the end after the start; give a smaller --days',
} as const;

/** The code of such a failure. */
export type FailureCode = keyof typeof FAILURE_ADVICE;

/** Whether a text is one of these codes. */
export const isFailureCode = (code: unknown): code is FailureCode =>
  typeof code === 'string' && Object.hasOwn(FAILURE_ADVICE, code);

/** Whether a call without an answer is a gap; what an account has not bought is only noted. */
export const isGap = ({ code }: { readonly code?: FailureCode }): boolean => code !== 'AWS_SUPPORT_PLAN_REQUIRED';
