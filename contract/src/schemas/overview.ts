import { type Static, Type } from "typebox";
import { type BinaryState, binaryStates } from "../lifecycle.ts";
import { Binary } from "./binary.ts";
import { NullableInteger, Prn } from "./common.ts";
import { Event } from "./webhook.ts";

/** Up to this many are counted; who wants to know more lists them. */
export const maxCounted = 10_000;

const Counted = Type.Object({
  count: Type.Integer(),
  more: Type.Boolean({ description: `Whether there are more than these ${maxCounted}.` }),
});
export type Counted = Static<typeof Counted>;

const states = Object.fromEntries(binaryStates.map((state) => [state, Counted])) as Record<BinaryState, typeof Counted>;

export const Overview = Type.Object(
  {
    organization_prn: Prn,
    artifacts: Counted,
    binaries: Type.Object(states),
    devices: Type.Optional(Counted),
    releases: Type.Optional(Counted),
    waiting_for_signature: Type.Array(Binary, { description: "The newest that are `signable`." }),
    stored_bytes: Type.Object({ used: Type.Integer(), allowed: NullableInteger }),
    downloads: Type.Array(
      Type.Object({
        day: Type.String({ description: "In UTC, such as 2026-01-31." }),
        requests: Type.Integer(),
        completed: Type.Integer({ description: "Requests whose whole body went out." }),
        bytes: Type.Integer(),
      }),
      { description: "Of the last 30 days, by day; days without downloads are left out." },
    ),
    events: Type.Optional(Type.Array(Event, { description: "The newest." })),
  },
  { title: "Overview" },
);
export type Overview = Static<typeof Overview>;
