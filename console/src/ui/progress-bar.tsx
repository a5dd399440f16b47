import { classes } from "./classes.ts";

interface ProgressBarProps {
  value: number;
  max: number;
  label: string;
  failed?: boolean;
}

/** How far something is. */
export function ProgressBar({ value, max, label, failed = false }: ProgressBarProps) {
  return (
    <progress
      value={value}
      max={max}
      aria-label={label}
      className={classes(
        "h-1.5 w-full appearance-none overflow-hidden rounded-full bg-hover [&::-webkit-progress-bar]:bg-hover",
        "[&::-moz-progress-bar]:rounded-full [&::-webkit-progress-value]:rounded-full [&::-webkit-progress-value]:transition-[width]",
        failed
          ? "[&::-moz-progress-bar]:bg-bad [&::-webkit-progress-value]:bg-bad"
          : "[&::-moz-progress-bar]:bg-accent [&::-webkit-progress-value]:bg-accent",
      )}
    />
  );
}
