import { ApiError, resourcePrn } from "@open-peridio/contract";
import type { FastifyRequest } from "fastify";
import { limitsOf } from "../accounts/limits.ts";
import type { Happening } from "../activity/record.ts";
import { timestamp } from "../database/time.ts";
import { linkAuthor } from "../http/link-maker.ts";
import type { Platform } from "../platform.ts";
import { countryOf, productOf } from "../statistics/client.ts";
import { hourOf } from "../statistics/periods.ts";

/** What a link of ours leads to, and who made it. */
export interface Linked {
  organization: string;
  binary: string;
  maker: string;
}

/** To be called once, when the body is out or broke off: bytes handed to the connection, and whether they are all. */
export type Settle = (sent: number, completed: boolean) => void;

/**
 * Lets a body of `needed` bytes out: within the month's quota, and only after the trail has an entry of who gets it. What
 * is refused is in the trail as well.
 * @throws ApiError 507
 */
export async function admit(
  platform: Platform,
  request: FastifyRequest,
  linked: Linked,
  needed: number,
): Promise<Settle> {
  const { statistics, clock, config } = platform;
  const { organization: organizationId, binary: binaryId, maker } = linked;
  const { monthlyDownloadBytes } = await limitsOf(platform, organizationId);
  await statistics.budget.reserve(organizationId, needed, monthlyDownloadBytes, clock.now());
  const settle: Settle = (bytes, completed) => {
    const at = clock.now();
    statistics.budget.settle(organizationId, needed, bytes, at);
    const userAgent = productOf(request.headers["user-agent"]);
    const country = countryOf(request, config.countryHeader);
    const address = request.ip;
    statistics.feed({ organizationId, binaryId, at, country, userAgent, maker, address, bytes, completed });
  };
  try {
    await note(platform, request, linked, null);
  } catch (error) {
    statistics.budget.settle(organizationId, needed, 0, clock.now());
    throw error;
  }
  return settle;
}

/** Runs `work`, and has the trail tell what it refuses. */
export async function notingRefusals<T>(
  platform: Platform,
  request: FastifyRequest,
  linked: Linked,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof ApiError && refusals.has(error.code)) {
      // Without an entry it is still refused.
      const failed = (err: unknown) => request.log.error({ err }, "a refusal is missing in the trail");
      await note(platform, request, linked, error).catch(failed);
    }
    throw error;
  }
}

/** Of all that a good link can be answered with, what keeps its holder from the content. */
const refusals = new Set(["gone", "conflict", "quarantined", "content_unavailable", "quota_exceeded"]);

/** Resolves when the trail has an entry of this hour that says this. */
function note(
  { clock, statistics }: Platform,
  request: FastifyRequest,
  { organization, binary, maker }: Linked,
  refused: ApiError | null,
): Promise<void> {
  const now = clock.now();
  const userAgent = request.headers["user-agent"] ?? "";
  const key = [binary, maker, request.ip, refused?.code ?? ""];
  const what = (): Happening => ({
    organizationId: organization,
    by: linkAuthor(request, organization, maker),
    type: "binary",
    subtype: "downloaded",
    resource: resourcePrn(organization, "binary", binary),
    ...(refused && { result: "denied", after: { code: refused.code, detail: refused.message } }),
    at: timestamp(now),
  });
  return statistics.trail.appendOnce(hourOf(now), key, userAgent, what);
}
