import type { Scope } from "@open-peridio/contract/scopes";
import { parseSha256 } from "@open-peridio/sdk";
import { Box, Boxes, Cpu, Database, Package, User, Webhook } from "lucide-react";
import { fetchList } from "../api/queries.ts";
import { quoted } from "../api/search-text.ts";
import { paths } from "../paths.ts";
import type { Choice } from "./palette.tsx";

const limit = 5;

/** What is called like this, or has this hash. @param may whether the person's role includes a scope */
export async function findings(text: string, may: (scope: Scope) => boolean): Promise<Choice[]> {
  const digest = parseSha256(text);
  if ("hash" in digest) return may("binaries:read") ? binariesWith(digest.hash) : [];
  const like = quoted(text);
  const found = await Promise.all([
    may("binaries:read") ? artifacts(`name~${like}`) : [],
    may("releases:read") ? bundles(`name~${like}`) : [],
    may("devices:read") ? devices(`identifier~${like}`) : [],
    may("webhooks:read") ? webhooks(`url~${like}`) : [],
    may("admin") ? stores(`name~${like}`) : [],
    may("admin") ? people(`email~${like}`) : [],
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

async function webhooks(search: string): Promise<Choice[]> {
  const { items } = await fetchList("webhooks", { search, limit });
  return items.map(({ prn, url }) => ({ label: url, note: "webhook", icon: Webhook, to: paths.webhook(prn) }));
}

async function stores(search: string): Promise<Choice[]> {
  const { items } = await fetchList("content_stores", { search, limit });
  return items.map(({ prn, name }) => ({ label: name, note: "store", icon: Database, to: paths.contentStore(prn) }));
}

async function people(search: string): Promise<Choice[]> {
  const { items } = await fetchList("org_users", { search, limit });
  return items.map(({ email, role }) => {
    const to = `/people?search=${encodeURIComponent(`email:${quoted(email)}`)}`;
    return { label: email, note: role, icon: User, to };
  });
}
