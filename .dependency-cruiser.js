/**
 * The arrows of the house: contract ← tracing ← database, content, http ← accounts, activity, signing ← webhooks, people, statistics,
 * stores ← catalog ← binaries ← delivery, moving, compressing, checking, backup, retention, archiving ← deltas ← distribution ← console, live ← app. An import against an arrow fails `npm run arrows`. Imports of types alone are free: they vanish.
 */
const floors = [
  ["tracing"],
  ["database", "content", "http"],
  ["accounts", "activity", "signing"],
  ["webhooks", "people", "statistics", "stores"],
  ["catalog"],
  ["binaries"],
  ["delivery", "moving", "compressing", "checking", "backup", "retention", "archiving"],
  ["deltas"],
  ["distribution"],
  ["console", "live"],
];

const room = (names) => `^server/src/(${names.join("|")})/`;

const upward = floors.slice(0, -1).map((names, floor) => ({
  name: `nothing-above-${names.join("-")}`,
  severity: "error",
  from: { path: room(names), pathNot: "\\.test\\.ts$" },
  to: { path: room(floors.slice(floor + 1).flat()) },
}));

export default {
  forbidden: [
    { name: "no-circle", severity: "error", from: {}, to: { circular: true } },
    {
      name: "contract-imports-nothing-of-ours",
      severity: "error",
      from: { path: "^contract/" },
      to: { path: "^(server|sdk|cli|console)/" },
    },
    {
      name: "sdk-imports-only-the-contract",
      severity: "error",
      from: { path: "^sdk/src/", pathNot: "\\.test\\.ts$" },
      to: { path: "^(server|cli|console)/" },
    },
    {
      name: "cli-imports-only-the-sdk",
      severity: "error",
      from: { path: "^cli/src/", pathNot: "\\.test\\.ts$" },
      to: { path: "^(server|contract|console)/" },
    },
    {
      name: "console-imports-only-sdk-and-contract",
      severity: "error",
      from: { path: "^console/src/", pathNot: "\\.test\\.ts$" },
      to: { path: "^(server|cli)/|^sdk/src/node/" },
    },
    {
      name: "server-is-nobodys-library",
      severity: "error",
      from: { path: "^(sdk|cli|console)/src/" },
      to: { path: "^server/" },
    },
    {
      name: "rooms-do-not-import-the-front-door",
      severity: "error",
      from: { path: "^server/src/[a-z]+/", pathNot: "\\.test\\.ts$" },
      to: { path: "^server/src/(app|start|main)\\.ts$" },
    },
    { name: "no-unresolved", severity: "error", from: {}, to: { couldNotResolve: true } },
    ...upward,
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    tsConfig: { fileName: "tsconfig.json" },
    tsPreCompilationDeps: false,
    enhancedResolveOptions: { exportsFields: ["exports"], conditionNames: ["import", "node"] },
  },
};
