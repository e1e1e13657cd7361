/** Reads JSON that this package wrote into its own file; the caller names the type it wrote. */
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters
export function storedJson<Value>(json: string): Value {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  return JSON.parse(json) as Value;
}
