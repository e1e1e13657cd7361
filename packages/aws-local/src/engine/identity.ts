/** The account every ARN of the emulator names. */
export const ACCOUNT = '000000000000';

/** The region every ARN of the emulator names. */
export const REGION = 'us-east-1';
