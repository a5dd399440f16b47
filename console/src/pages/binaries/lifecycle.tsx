import { type BinaryState, binaryStates, type Transition, transitions } from "@open-peridio/contract/lifecycle";
import { classes } from "../../ui/classes.ts";

/** Pixels of the drawing, in its own coordinates. */
const step = 110;
const node = { width: 84, height: 30 };
const line = 62;
const height = 132;

const middleOf = (state: BinaryState): number => binaryStates.indexOf(state) * step + node.width / 2 + 2;

/**
 * The life of a binary as the contract's table has it: where this one is, and what can come next. Resets, which all lead
 * back to the beginning, are drawn below, all else above.
 */
export function Lifecycle({ state }: { state: BinaryState }) {
  const next = transitions.filter(({ from }) => from === state);
  const width = (binaryStates.length - 1) * step + node.width + 4;
  return (
    <figure>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keys. */}
      <section className="overflow-x-auto" tabIndex={0} aria-label="The life of a binary">
        <svg
          viewBox={`0 0 ${width} ${height}`}
          role="img"
          aria-label={`The binary is ${state}.`}
          className="w-full max-w-3xl min-w-[34rem]"
        >
          <defs>
            {["quiet", "next"].map((kind) => (
              <marker
                key={kind}
                id={`tip-${kind}`}
                viewBox="0 0 8 8"
                refX="7"
                refY="4"
                markerWidth="7"
                markerHeight="7"
                orient="auto"
              >
                <path d="M0 0.5 7 4 0 7.5Z" className={kind === "next" ? "fill-accent" : "fill-line-strong"} />
              </marker>
            ))}
          </defs>
          {[...transitions.filter((each) => each.from !== state), ...next].map((each) => (
            <Arrow key={`${each.from} ${each.to}`} {...each} isNext={each.from === state} />
          ))}
          {binaryStates.map((each) => (
            <Node key={each} state={each} isCurrent={each === state} />
          ))}
        </svg>
      </section>
      <figcaption className="mt-3 text-sm text-muted">
        {next.length === 0 ? (
          "This is final: the record stays as the proof of what was."
        ) : (
          <ul className="flex flex-col gap-1">
            {next.map(({ to, by, effect }) => (
              <li key={to}>
                <span className="font-medium text-ink">{to === state ? "reset" : to}</span>
                <span className="text-faint"> {by === "server" ? "by itself" : "by you"}</span> — {effect}
              </li>
            ))}
          </ul>
        )}
      </figcaption>
    </figure>
  );
}

function Node({ state, isCurrent }: { state: BinaryState; isCurrent: boolean }) {
  const x = middleOf(state);
  return (
    <g>
      <rect
        x={x - node.width / 2}
        y={line - node.height / 2}
        width={node.width}
        height={node.height}
        rx={15}
        className={classes(isCurrent ? "fill-accent stroke-accent" : "fill-surface stroke-line-strong")}
      />
      <text
        x={x}
        y={line + 4}
        textAnchor="middle"
        className={classes("text-[12.5px]", isCurrent ? "fill-accent-ink font-semibold" : "fill-muted")}
      >
        {state}
      </text>
    </g>
  );
}

function Arrow({ from, to, effect, isNext }: Transition & { isNext: boolean }) {
  return (
    <path
      d={pathOf(from, to)}
      fill="none"
      strokeWidth={isNext ? 1.75 : 1.25}
      markerEnd={`url(#tip-${isNext ? "next" : "quiet"})`}
      className={isNext ? "stroke-accent" : "stroke-line-strong"}
    >
      <title>{`${from} → ${to}: ${effect}`}</title>
    </path>
  );
}

function pathOf(from: BinaryState, to: BinaryState): string {
  const [start, end] = [middleOf(from), middleOf(to)];
  const half = node.width / 2;
  const steps = binaryStates.indexOf(to) - binaryStates.indexOf(from);
  const below = line + node.height / 2;
  const above = line - node.height / 2;
  if (steps === 1) return `M${start + half} ${line}H${end - half - 2}`;
  if (steps === 0) return `M${start - 20} ${below}c-14 26 18 26 8 2`;
  if (to === "uploadable") {
    const depth = below + 14 + -steps * 11;
    return `M${start} ${below}C${start} ${depth} ${start - 20} ${depth} ${start - 40} ${depth}H${end + 50}C${end + 24} ${depth} ${end + 16} ${depth} ${end + 12} ${below + 3}`;
  }
  const rise = above - 16 - Math.abs(steps) * 6;
  const inset = steps > 0 ? 14 : -14;
  return `M${start + inset} ${above}C${start + inset} ${rise} ${end - inset} ${rise} ${end - inset} ${above - 3}`;
}
