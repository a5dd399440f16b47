import { ApiError, accessOf } from "@open-peridio/contract";
import type { FastifyInstance, FastifyRequest } from "fastify";
import type { Config } from "../config.ts";
import { networkOf } from "./network.ts";

/** Milliseconds over which a rate is meant. */
const window = 60_000;
/** Callers that are remembered; beyond that the ones that are idle, and then all, are forgotten. */
const maxRemembered = 100_000;

interface Bucket {
  /** Requests that are left. */
  tokens: number;
  /** When that was counted, in milliseconds. */
  at: number;
}

export interface Allowance {
  allowed: boolean;
  /** Requests that are left now. */
  left: number;
  /** Seconds until there is one more, or until all are there again. */
  seconds: number;
}

/** A token bucket for each caller: a whole minute's requests at once, then as many as the rate lets in. */
export function makeBuckets(perMinute: number, now: () => number = () => performance.now()) {
  const buckets = new Map<string, Bucket>();

  function forgetSome(time: number): void {
    if (buckets.size < maxRemembered) return;
    // A full bucket says nothing that a new one doesn't.
    for (const [key, { at }] of buckets) if (time - at >= window) buckets.delete(key);
    if (buckets.size >= maxRemembered) buckets.clear();
  }

  /** Takes one request of this caller, if one is left. */
  return function take(key: string): Allowance {
    const time = now();
    let bucket = buckets.get(key);
    if (!bucket) {
      forgetSome(time);
      bucket = { tokens: perMinute, at: time };
      buckets.set(key, bucket);
    }
    bucket.tokens = Math.min(perMinute, bucket.tokens + ((time - bucket.at) / window) * perMinute);
    bucket.at = time;
    if (bucket.tokens < 1) {
      const seconds = Math.max(1, Math.ceil((((1 - bucket.tokens) / perMinute) * window) / 1000));
      return { allowed: false, left: 0, seconds };
    }
    bucket.tokens -= 1;
    const seconds = Math.ceil((((perMinute - bucket.tokens) / perMinute) * window) / 1000);
    return { allowed: true, left: Math.floor(bucket.tokens), seconds };
  };
}

/**
 * Limits how often the API is asked: by key or person, and by address for who has none. It stands behind recognition, so
 * that guessing keys counts by address. Links aren't limited: each was signed for its holder, who comes back for ranges
 * as often as the network breaks. Each process counts for itself; what is left is told by draft-ietf-httpapi-ratelimit-headers-10.
 */
export function limitRates(app: FastifyInstance, { callerRate, addressRate, deviceRate }: Config): void {
  const limits = {
    device: { rate: deviceRate, take: makeBuckets(deviceRate), policy: `"device";q=${deviceRate};w=60` },
    caller: { rate: callerRate, take: makeBuckets(callerRate), policy: `"caller";q=${callerRate};w=60` },
    address: { rate: addressRate, take: makeBuckets(addressRate), policy: `"address";q=${addressRate};w=60` },
  };
  app.addHook("onRequest", (request, reply, done) => {
    const name = request.device ? "device" : request.principal ? "caller" : "address";
    const { rate, take, policy } = limits[name];
    if (rate === 0 || (name === "address" && cameByLink(request))) return done();
    const { allowed, left, seconds } = take(keyOf(request));
    // A device doesn't plan by it, and polls often.
    if (allowed && name === "device") return done();
    reply.header("ratelimit-policy", policy).header("ratelimit", `"${name}";r=${left};t=${seconds}`);
    if (allowed) return done();
    const detail = `too_many_requests: ${whom[name]} may ask ${rate} times a minute; try again in ${seconds} seconds`;
    done(new ApiError("too_many_requests", detail, { headers: { "retry-after": String(seconds) } }));
  });
}

const whom = {
  device: "this device",
  caller: "this key or person",
  address: "your address without a valid key",
};

function cameByLink({ method, routeOptions }: FastifyRequest): boolean {
  return routeOptions.url !== undefined && accessOf(method, routeOptions.url) === "link";
}

function keyOf({ device, principal, ip }: FastifyRequest): string {
  if (device) return device.deviceId;
  return principal ? `${principal.keyId ?? principal.userId}` : networkOf(ip);
}
