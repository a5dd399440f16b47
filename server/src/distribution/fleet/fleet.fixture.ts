import { X509Certificate } from "node:crypto";
import { scopes } from "@open-peridio/contract";
import { v7 as uuidv7 } from "uuid";
import { type DatabaseKind, makeDatabase } from "../../database/databases.fixture.ts";
import { openDatabase } from "../../database/open.ts";
import { timestamp } from "../../database/time.ts";
import type { Principal } from "../../http/principal.ts";
import { type Platform, systemClock } from "../../platform.ts";
import { createCaCertificate } from "./ca-certificates.ts";
import type { Chains } from "./chains.fixture.ts";
import { createVerificationCode } from "./verification-codes.ts";

export const origin = { requestId: "request", address: "192.0.2.1", userAgent: null };

/** As many servers on one database as wanted, as replicas would be, and organizations on them. */
export async function openFleet(kind: DatabaseKind, replicas = 1) {
  const database = await makeDatabase(kind);
  const first = await openDatabase(database.url);
  const databases = [first];
  // SQLite has one server at a time.
  while (kind === "postgres" && databases.length < replicas) databases.push(await openDatabase(database.url));
  const platforms = databases.map((db) => ({ db, clock: systemClock }) as Platform);
  return {
    db: first,
    platform: platforms[0]!,
    platforms,
    async addOrganization(): Promise<Principal> {
      const id = uuidv7();
      const now = timestamp(new Date());
      const rules = { separate_signer: 0, required_signatures: 1 } as const;
      await first
        .insertInto("organizations")
        .values({ id, name: id, ...rules, inserted_at: now, updated_at: now })
        .execute();
      const nobody = { keyId: null, userId: null, sessionId: null };
      return { organizationId: id, actor: `prn:1:${id}:api_key:${id}`, name: "test", scopes, origin, ...nobody };
    },
    async remove() {
      await Promise.all(databases.map((db) => db.destroy()));
      await database.remove();
    },
  };
}

export type Fleet = Awaited<ReturnType<typeof openFleet>>;

/** Registers the authority that `chains` made under this name. */
export async function register(platform: Platform, principal: Principal, chains: Chains, name: string, jitp?: object) {
  const commonName = await createVerificationCode(platform, principal);
  const body = {
    certificate: chains.read(name),
    verification_certificate: chains.issue(`${name}-proof`, { by: name, commonName }),
    ...(jitp && { jitp }),
  };
  return createCaCertificate(platform, principal, body);
}

export const x509 = (pem: string) => new X509Certificate(pem);
