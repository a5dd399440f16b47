import type { Command } from "commander";
import type { Options } from "../command.ts";
import { usage } from "../exit.ts";
import { text } from "../values.ts";

export function withCompression(command: Command): Command {
  const meaning = "auto, the default: on the way to the server, where a sample shows that it pays; or never";
  return command.option("--compress <when>", meaning);
}

/** @throws Failure 2 */
export function compression(options: Options): "auto" | "never" {
  const value = text(options, "compress") ?? "auto";
  if (value === "auto" || value === "never") return value;
  throw usage(`--compress must be auto or never; got '${value}'`);
}
