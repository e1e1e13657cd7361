import { isInfraFabricError } from '../errors.ts';

/** The code of the error `act` throws, or `no error`. Errors that are not ours pass through. */
export function codeOf(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    if (isInfraFabricError(error)) return error.code;
    throw error;
  }
  return 'no error';
}

/** The code of the error a promise is rejected with, or `no error`. Errors that are not ours pass through. */
export async function codeOfAsync(act: () => Promise<unknown>): Promise<string> {
  try {
    await act();
  } catch (error) {
    if (isInfraFabricError(error)) return error.code;
    throw error;
  }
  return 'no error';
}
