import type { Scope } from "@open-peridio/contract/scopes";
import {
  Box,
  Boxes,
  Building2,
  CircleUser,
  Cpu,
  Database,
  FileBadge,
  Gauge,
  History,
  KeyRound,
  type LucideIcon,
  Package,
  PenLine,
  Replace,
  Rocket,
  Settings,
  Split,
  Users,
  Webhook,
} from "lucide-react";

export interface Place {
  label: string;
  to: string;
  icon: LucideIcon;
  /** Pressed after `g`. */
  key: string;
  /** What its page asks for; whoever hasn't it doesn't see it. */
  scope?: Scope;
}

/** Every page that can be gone to, by group: the side bar, the palette and the shortcuts read this. */
export const groups: { label: string; places: Place[] }[] = [
  { label: "", places: [{ label: "Overview", to: "/", icon: Gauge, key: "o" }] },
  {
    label: "Content",
    places: [
      { label: "Artifacts", to: "/artifacts", icon: Package, key: "a", scope: "binaries:read" },
      { label: "Binaries", to: "/binaries", icon: Box, key: "b", scope: "binaries:read" },
      { label: "Signing keys", to: "/signing-keys", icon: PenLine, key: "s", scope: "signing_keys:read" },
    ],
  },
  {
    label: "Distribution",
    places: [
      { label: "Bundles", to: "/bundles", icon: Boxes, key: "u", scope: "releases:read" },
      { label: "Releases", to: "/releases", icon: Rocket, key: "r", scope: "releases:read" },
      { label: "Overrides", to: "/overrides", icon: Replace, key: "v", scope: "releases:read" },
      { label: "Products", to: "/products", icon: Building2, key: "p", scope: "devices:read" },
      { label: "Cohorts", to: "/cohorts", icon: Split, key: "c", scope: "devices:read" },
      { label: "Devices", to: "/devices", icon: Cpu, key: "d", scope: "devices:read" },
      { label: "Authorities", to: "/authorities", icon: FileBadge, key: "f", scope: "devices:read" },
    ],
  },
  {
    label: "Operation",
    places: [
      { label: "Storage", to: "/storage", icon: Database, key: "t", scope: "admin" },
      { label: "Webhooks", to: "/webhooks", icon: Webhook, key: "w", scope: "webhooks:read" },
      { label: "Audit trail", to: "/audit", icon: History, key: "l", scope: "audit:read" },
    ],
  },
  {
    label: "Organization",
    places: [
      { label: "People", to: "/people", icon: Users, key: "m", scope: "admin" },
      { label: "API keys", to: "/api-keys", icon: KeyRound, key: "k", scope: "admin" },
      { label: "Settings", to: "/settings", icon: Settings, key: "e" },
    ],
  },
];

/** What the menu of who is signed in leads to, not the side bar. */
const account: Place = { label: "Your account", to: "/account", icon: CircleUser, key: "y" };

export const places: Place[] = [...groups.flatMap((group) => group.places), account];
