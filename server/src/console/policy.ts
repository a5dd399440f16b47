/** Nothing on the console's pages leads to, or loads from, anywhere else; but content goes to its stores, and comes from there. */
export function pagePolicy(connectable: readonly string[]): string {
  return [
    "default-src 'none'",
    // WebAssembly: it hashes what is uploaded.
    "script-src 'self' 'wasm-unsafe-eval'",
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    ["connect-src 'self'", ...connectable].join(" "),
    "worker-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join("; ");
}
