/** The version of this release; test/cli compares it with package.json. */
export const VERSION = '0.1.0';
