import type { Kysely } from "kysely";
import { Gauge } from "prom-client";
import type { Tables } from "../database/tables.ts";
import type { Metrics } from "../http/metrics.ts";

/** What all organizations together keep, read when somebody asks for the metrics: of every replica the same. */
export function measureStorage({ register }: Metrics, db: Kysely<Tables>): void {
  const registers = [register];
  const binaries = new Gauge({ name: "peridio_binaries", help: "Binaries that aren't destroyed.", registers });
  new Gauge({
    name: "peridio_stored_bytes",
    help: "Bytes of content that are kept, and of uploads that are not complete.",
    registers,
    async collect() {
      const sums = await db
        .selectFrom("organization_usage")
        .select(({ fn }) => [fn.sum<number>("stored_bytes").as("bytes"), fn.sum<number>("binaries").as("binaries")])
        .executeTakeFirstOrThrow();
      this.set(Number(sums.bytes));
      binaries.set(Number(sums.binaries));
    },
  });
}
