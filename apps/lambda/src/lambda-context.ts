/** What Lambda tells a handler about its invocation; the part that is read here. */
export interface LambdaContext {
  getRemainingTimeInMillis(): number;
}
