import { randomBytes, randomUUID } from "node:crypto";
import { type Api, makeBinary, sha256, untilVerified } from "../api.ts";
import { apiKey, type TestServer } from "../server.ts";
import { makeSigningPair } from "./official-client.ts";
import { change } from "./query.ts";

const at = "2026-01-01T00:00:00.000000Z";

/** A product, a cohort and bundles of real signed binaries, written past the server where it is not what is tested. */
export interface Rows {
  organization: string;
  product: string;
  /** PRN of a new cohort. */
  cohort(): string;
  /** PRN of a new device of it. */
  device(cohort: string, fields?: Record<string, string | number>): string;
  /** A claim of a release by a device that is done with it. */
  claim(release: string, device: string): string;
  /** A bundle of one binary with these bytes, signed by one key. */
  bundle(content?: Uint8Array): Promise<{ bundle: string; binary: string; key: string }>;
}

export async function channelRows(server: TestServer, api: Api): Promise<Rows> {
  const organization: string = (await api("GET", "/users/me")).body.data.organization_prn;
  const organizationId = organization.split(":").at(-1)!;
  const idOf = (prn: string) => prn.split(":").at(-1)!;

  function insert(table: string, type: string, fields: Record<string, string | number>): string {
    const id = randomUUID();
    const row = { organization_id: organizationId, id, inserted_at: at, updated_at: at, ...fields };
    const marks = Object.keys(row).map(() => "?");
    const into = `insert into ${table} (${Object.keys(row).join(", ")})`;
    change(server, `${into} values (${marks.join(", ")})`, ...Object.values(row));
    return `${organization}:${type}:${id}`;
  }

  const product = insert("products", "product", { name: `product ${randomUUID()}` });
  return {
    organization,
    product,
    cohort: () => insert("cohorts", "cohort", { product_id: idOf(product), name: `cohort ${randomUUID()}` }),
    device(cohort, fields = {}) {
      change(server, "update cohorts set device_count = device_count + 1 where id = ?", idOf(cohort));
      const own = { product_id: idOf(product), cohort_id: idOf(cohort), identifier: `SN-${randomUUID()}` };
      return insert("devices", "device", { ...own, ...fields });
    },
    claim: (release, device) =>
      insert("release_claims", "release_claim", {
        release_id: idOf(release),
        device_id: idOf(device),
        state: "done",
      }),
    async bundle(content = randomBytes(40)) {
      const binary = await makeBinary(api, content, "portable");
      const put = await fetch(`${server.url}/binaries/${binary}/content`, {
        method: "PUT",
        headers: { authorization: `Bearer ${apiKey}` },
        body: content as Uint8Array<ArrayBuffer>,
      });
      if (put.status !== 200) throw new Error(`upload: ${put.status} ${await put.text()}`);
      await untilVerified(api, binary);
      const pair = makeSigningPair();
      const { body } = await api("POST", "/signing_keys", { name: "key", value: pair.value });
      const key: string = body.signing_key.prn;
      const signature = { binary_prn: binary, signing_key_prn: key, signature: pair.sign(sha256(content)) };
      const signed = await api("POST", "/binary_signatures", signature);
      if (signed.status !== 201) throw new Error(`signature: ${JSON.stringify(signed.body)}`);
      const bundle = insert("bundles", "bundle", { hash: "0".repeat(64) });
      change(
        server,
        "insert into bundle_binaries (organization_id, bundle_id, position, binary_id, custom_metadata) values (?, ?, 0, ?, ?)",
        organizationId,
        idOf(bundle),
        idOf(binary),
        '{"install":"flash"}',
      );
      return { bundle, binary, key };
    },
  };
}
