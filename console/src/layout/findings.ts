import { parseSha256 } from "@open-peridio/sdk";
import { Box, Boxes, Cpu, Package } from "lucide-react";
import { fetchList } from "../api/queries.ts";
import { quoted } from "../api/search-text.ts";
import { paths } from "../paths.ts";
import type { Choice } from "./palette.tsx";

const limit = 5;

interface MaySee {
  binaries: boolean;
  releases: boolean;
  devices: boolean;
}

/** What is called like this, or has this hash. */
export async function findings(text: string, may: MaySee): Promise<Choice[]> {
  const digest = parseSha256(text);
  if ("hash" in digest) return may.binaries ? binariesWith(digest.hash) : [];
  const like = quoted(text);
  const found = await Promise.all([
    may.binaries ? artifacts(`name~${like}`) : [],
    may.releases ? bundles(`name~${like}`) : [],
    may.devices ? devices(`identifier~${like}`) : [],
  ]);
  return found.flat();
}

async function binariesWith(hash: string): Promise<Choice[]> {
  const { items } = await fetchList("binaries", { search: `hash:${quoted(hash)}`, limit });
  return items.map(({ prn, target, state }) => ({
    label: target,
    note: `binary, ${state}`,
    icon: Box,
    to: paths.binary(prn),
  }));
}

async function artifacts(search: string): Promise<Choice[]> {
  const { items } = await fetchList("artifacts", { search, limit });
  return items.map(({ prn, name }) => ({ label: name, note: "artifact", icon: Package, to: paths.artifact(prn) }));
}

async function bundles(search: string): Promise<Choice[]> {
  const { items } = await fetchList("bundles", { search, limit });
  return items.map(({ prn, name }) => ({
    label: name ?? "unnamed",
    note: "bundle",
    icon: Boxes,
    to: paths.bundle(prn),
  }));
}

async function devices(search: string): Promise<Choice[]> {
  const { items } = await fetchList("devices", { search, limit });
  return items.map(({ prn, identifier }) => ({ label: identifier, note: "device", icon: Cpu, to: paths.device(prn) }));
}
