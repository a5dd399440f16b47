import type { components } from "@open-peridio/sdk";
import { StateBadge } from "../../ui/state-badge.tsx";
import { When } from "../../ui/when.tsx";

/** How a test went, step by step; of what failed, the store's words and what would help. */
export function TestResult({ test }: { test: components["schemas"]["StoreTest"] }) {
  return (
    <div className="flex flex-col">
      <p className="flex flex-wrap items-center gap-2 px-4 py-3 text-sm text-muted">
        <StateBadge state={test.passed ? "passed" : "failed"} tone={test.passed ? "good" : "bad"} />
        <When time={test.at} />
      </p>
      <ol className="border-t border-line">
        {test.steps.map(({ step, outcome, duration_ms, detail, hint }) => (
          <li key={step} className="flex gap-3 border-b border-line px-4 py-2 text-sm last:border-0">
            <div className="min-w-0 flex-1">
              <span>{step.replaceAll("_", " ")}</span>
              {detail && <p className="mt-0.5 text-xs text-muted [overflow-wrap:anywhere]">{detail}</p>}
              {hint && <p className="mt-0.5 text-xs [overflow-wrap:anywhere]">{hint}</p>}
            </div>
            <span className="nums hidden w-16 text-right text-xs leading-5 text-muted sm:block">
              {outcome === "skipped" ? "" : `${duration_ms} ms`}
            </span>
            <span className="w-20 text-right">
              <StateBadge state={outcome} tone={tones[outcome]} />
            </span>
          </li>
        ))}
      </ol>
    </div>
  );
}

const tones = { passed: "good", failed: "bad", skipped: "quiet" } as const;
