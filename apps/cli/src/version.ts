/** The version of this release; the test of this file compares it with package.json. */
export const VERSION = '0.1.0';
