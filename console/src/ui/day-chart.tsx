import { useEffect, useRef } from "react";
import uPlot from "uplot";
import "uplot/dist/uPlot.min.css";

interface DayChartProps {
  /** ISO times of the first day and of the end. */
  from: string;
  to: string;
  /** Days that have something; the others are 0. */
  points: { start: string; value: number }[];
  label: string;
}

const day = 86_400;
const height = 168;

/** A bar for each day. */
export function DayChart({ from, to, points, label }: DayChartProps) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = box.current!;
    const color = (name: string) => getComputedStyle(element).getPropertyValue(name);
    // light-dark() is resolved only where a colour is used.
    const resolved = (name: string) => {
      const probe = document.createElement("span");
      probe.style.color = color(name);
      element.append(probe);
      const { color: value } = getComputedStyle(probe);
      probe.remove();
      return value;
    };
    const days: number[] = [];
    for (let at = Math.floor(Date.parse(from) / 1000); at < Date.parse(to) / 1000; at += day) days.push(at);
    const byDay = new Map(points.map(({ start, value }) => [Math.floor(Date.parse(start) / 1000 / day), value]));
    const values = days.map((at) => byDay.get(Math.floor(at / day)) ?? 0);
    const axis = {
      stroke: resolved("--muted"),
      font: "11px 'Geist Variable', sans-serif",
      grid: { stroke: resolved("--line"), width: 1 },
      ticks: { show: false },
    };
    const chart = new uPlot(
      {
        width: element.clientWidth,
        height,
        legend: { show: false },
        cursor: { y: false },
        scales: { y: { range: (_chart, _min, max) => [0, Math.max(4, max * 1.1)] } },
        axes: [
          { ...axis, grid: { show: false } },
          { ...axis, size: 36, incrs: [1, 2, 5, 10, 20, 50, 100, 1000, 10_000, 100_000] },
        ],
        series: [
          {},
          {
            label,
            fill: resolved("--accent"),
            stroke: resolved("--accent"),
            paths: uPlot.paths.bars!({ size: [0.6, 24] }),
            points: { show: false },
          },
        ],
      },
      [days, values],
      element,
    );
    const follow = new ResizeObserver(() => chart.setSize({ width: element.clientWidth, height }));
    follow.observe(element);
    return () => {
      follow.disconnect();
      chart.destroy();
    };
  }, [from, to, points, label]);
  return <div ref={box} role="img" aria-label={label} />;
}
