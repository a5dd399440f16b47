import { dayOf, hourOf, monthOf } from "./periods.ts";

/** One answer with content, after it ended or broke off. */
export interface Download {
  organizationId: string;
  binaryId: string;
  /** When it ended. */
  at: Date;
  /** Two letters or `unknown`. */
  country: string;
  /** A product, or `unknown`. */
  userAgent: string;
  /** Who made the link: `k_…` or `u_…`. */
  maker: string;
  /** Of the client. */
  address: string;
  /** Of the body, as far as they were handed to the connection. */
  bytes: number;
  completed: boolean;
}

/** A row of `download_statistics`, or what is to be added to one. */
export interface Hourly {
  organizationId: string;
  binaryId: string;
  start: string;
  country: string;
  userAgent: string;
  maker: string;
  requests: number;
  completed: number;
  bytes: number;
}

export interface Monthly {
  organizationId: string;
  month: string;
  bytes: number;
}

export interface Daily {
  organizationId: string;
  kind: "maker" | "address";
  source: string;
  day: string;
  /** The one that was fetched last. */
  binaryId: string;
  bytes: number;
}

/** What was fed since the last `drain`. */
export interface Drained {
  hourly: Hourly[];
  monthly: Monthly[];
  daily: Daily[];
}

/** How many different things are told apart; what is more is counted as `other`, so that no sum is ever wrong. */
export interface Caps {
  /** User agents of an organization in an hour. */
  userAgents: number;
  /** Combinations of country, user agent and maker of a binary in an hour. */
  combinations: number;
  /** All combinations in an hour. */
  allCombinations: number;
  /** Addresses of an organization that are watched in a day; others are not. */
  addresses: number;
}

const defaultCaps: Caps = { userAgents: 64, combinations: 256, allCombinations: 100_000, addresses: 10_000 };

export const other = "other";

export type Aggregator = ReturnType<typeof makeAggregator>;

/** Sums downloads in memory. Only what a binary, an hour and the caps can tell apart takes any. */
export function makeAggregator(caps: Caps = defaultCaps) {
  let hourly = new Map<string, Hourly>();
  let monthly = new Map<string, Monthly>();
  let daily = new Map<string, Daily>();
  const userAgents = makeCappedSets();
  const combinations = makeCappedSets();
  const addresses = makeCappedSets();

  function addHourly(row: Hourly): void {
    const key = [row.organizationId, row.binaryId, row.start, row.country, row.userAgent, row.maker].join("\n");
    const known = hourly.get(key);
    if (!known) {
      hourly.set(key, { ...row });
      return;
    }
    known.requests += row.requests;
    known.completed += row.completed;
    known.bytes += row.bytes;
  }

  function addMonthly(row: Monthly): void {
    const key = `${row.organizationId}\n${row.month}`;
    const known = monthly.get(key);
    if (known) known.bytes += row.bytes;
    else monthly.set(key, { ...row });
  }

  function addDaily(row: Daily): void {
    const key = [row.organizationId, row.kind, row.source, row.day].join("\n");
    const known = daily.get(key);
    if (!known) {
      daily.set(key, { ...row });
      return;
    }
    known.bytes += row.bytes;
    known.binaryId = row.binaryId;
  }

  /** The three that tell downloads apart, or `other` for all of them where there are too many. */
  function dimensions(download: Download, start: string): Pick<Hourly, "country" | "userAgent" | "maker"> {
    const { organizationId, binaryId, country, maker } = download;
    const agent = userAgents.admit(start, organizationId, download.userAgent, caps.userAgents, Number.POSITIVE_INFINITY)
      ? download.userAgent
      : other;
    const combination = `${country}\n${agent}\n${maker}`;
    const group = `${organizationId}\n${binaryId}`;
    return combinations.admit(start, group, combination, caps.combinations, caps.allCombinations)
      ? { country, userAgent: agent, maker }
      : { country: other, userAgent: other, maker: other };
  }

  return {
    feed(download: Download): void {
      const { organizationId, binaryId, at, bytes, completed, maker, address } = download;
      const start = hourOf(at);
      const counted = { requests: 1, completed: completed ? 1 : 0, bytes };
      addHourly({ organizationId, binaryId, start, ...dimensions(download, start), ...counted });
      if (bytes === 0) return;
      addMonthly({ organizationId, month: monthOf(at), bytes });
      const day = dayOf(at);
      addDaily({ organizationId, kind: "maker", source: maker, day, binaryId, bytes });
      if (addresses.admit(day, organizationId, address, caps.addresses, Number.POSITIVE_INFINITY)) {
        addDaily({ organizationId, kind: "address", source: address, day, binaryId, bytes });
      }
    },

    /** All that was fed, and forgets it. */
    drain(): Drained {
      const drained = { hourly: inOrder(hourly), monthly: inOrder(monthly), daily: inOrder(daily) };
      hourly = new Map();
      monthly = new Map();
      daily = new Map();
      return drained;
    },

    /** Takes back what could not be written. */
    restore({ hourly, monthly, daily }: Drained): void {
      hourly.forEach(addHourly);
      monthly.forEach(addMonthly);
      daily.forEach(addDaily);
    },

    get isEmpty(): boolean {
      return hourly.size === 0;
    },
  };
}

/** In the order of their keys, the same for all who write to these rows at once: so two never wait for each other. */
function inOrder<Row>(rows: Map<string, Row>): Row[] {
  return [...rows].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
}

/** For the present period, groups of values, each group and all together with a limit. A new period forgets the last. */
function makeCappedSets() {
  let present = "";
  let groups = new Map<string, Set<string>>();
  let count = 0;
  return {
    /** Whether the value is known, or may still become so. */
    admit(period: string, group: string, value: string, limit: number, limitOfAll: number): boolean {
      if (period !== present) {
        present = period;
        groups = new Map();
        count = 0;
      }
      const known = groups.get(group) ?? new Set();
      if (known.has(value)) return true;
      if (known.size >= limit || count >= limitOfAll) return false;
      known.add(value);
      groups.set(group, known);
      count++;
      return true;
    },
  };
}
