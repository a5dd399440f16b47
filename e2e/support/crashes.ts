import { setTimeout as pause } from "node:timers/promises";
import type { BinaryState } from "@open-peridio/contract";
import { callApi } from "../api.ts";
import type { TestServer } from "../server.ts";
import { query } from "./query.ts";
import type { Random } from "./random.ts";
import { contradictions, storedBinary, storedParts } from "./stored.ts";
import type { Moment, Witness } from "./stubborn-client.ts";

const ranks: BinaryState[] = ["uploadable", "hashable", "hashing", "signable", "signed"];

interface Promised {
  state: BinaryState;
  /** Index → hash. */
  parts: Map<number, string>;
}

/** What was acknowledged, to be compared with what is there after a crash. */
function ledger() {
  const promises = new Map<string, Promised>();
  const of = (prn: string): Promised => {
    const promised = promises.get(prn) ?? { state: "uploadable", parts: new Map() };
    promises.set(prn, promised);
    return promised;
  };
  return {
    part: (prn: string, index: number, hash: string) => void of(prn).parts.set(index, hash),
    state(prn: string, state: BinaryState) {
      const promised = of(prn);
      if (ranks.indexOf(state) > ranks.indexOf(promised.state)) promised.state = state;
    },
    known: () => promises.keys(),
    reset: (prn: string) => void promises.delete(prn),
    broken: (server: TestServer) => [...promises].flatMap(([prn, promised]) => brokenPromises(server, prn, promised)),
  };
}

function brokenPromises(server: TestServer, prn: string, { state, parts }: Promised): string[] {
  const now = storedBinary(server, prn).state;
  if (ranks.indexOf(now) < ranks.indexOf(state)) return [`${prn} fell back from ${state} to ${now}`];
  if (now !== "uploadable") return [];
  const valid = new Map(storedParts(server, prn).map((part) => [part.part_index, `${part.state} ${part.hash}`]));
  return [...parts]
    .filter(([index, hash]) => valid.get(index) !== `valid ${hash}`)
    .map(([index]) => `part ${index} of ${prn} was acknowledged and is ${valid.get(index) ?? "gone"}`);
}

/** How many such moments lie between two crashes. */
const between: Record<Moment, { least: number; most: number }> = {
  part: { least: 3, most: 6 },
  hashable: { least: 2, most: 4 },
  sign: { least: 2, most: 4 },
};

/**
 * Kills the server in the middle of what its clients do, looks at what is left on the disk, and starts it again.
 * @param crashes how many happen around each moment, at most
 */
export function crashServer(server: TestServer, random: Random, crashes: Record<Moment, number>) {
  const api = callApi(server.url);
  const promised = ledger();
  const problems: string[] = [];
  const found = new Set<BinaryState>();
  const crashed: Record<Moment, number> = { part: 0, hashable: 0, sign: 0 };
  const draw = (moment: Moment): number => random.between(between[moment].least, between[moment].most);
  const left: Record<Moment, number> = { part: draw("part"), hashable: draw("hashable"), sign: draw("sign") };
  let up: Promise<void> = Promise.resolve();
  let crashing = false;

  async function crash(): Promise<void> {
    await pause(random.between(0, 12));
    await server.kill();
    problems.push(...contradictions(server));
    // What arrived in an object store a server only learns by asking it.
    if (server.backend.objects) {
      await server.start();
      for (const prn of promised.known()) await api("GET", `/binaries/${prn}/parts`);
    }
    problems.push(...promised.broken(server));
    for (const { state } of query<{ state: BinaryState }>(server, "select distinct state from binaries")) {
      found.add(state);
    }
    if (!server.backend.objects) await server.start();
    crashing = false;
  }

  const witness: Witness = {
    ...promised,
    moment(moment) {
      if (crashing || --left[moment] > 0 || crashed[moment] === crashes[moment]) return;
      left[moment] = draw(moment);
      crashed[moment]++;
      crashing = true;
      up = crash();
    },
    serverUp: () => up,
  };

  return { witness, problems, crashed, found };
}
