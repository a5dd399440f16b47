/** What a key may do, a word each. */
export function Scopes({ scopes }: { scopes: readonly string[] }) {
  return (
    <span className="flex flex-wrap gap-1">
      {scopes.map((scope) => (
        <span key={scope} className="rounded border border-line bg-canvas px-1.5 py-0.5 font-mono text-2xs text-muted">
          {scope}
        </span>
      ))}
    </span>
  );
}
