import { randomBytes, randomUUID } from "node:crypto";
import { closeSync, mkdirSync, openSync, rmSync, truncateSync, utimesSync, writeFileSync, writeSync } from "node:fs";
import { dirname, join } from "node:path";
import { AbortMultipartUploadCommand, CreateMultipartUploadCommand, S3Client } from "@aws-sdk/client-s3";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Api, callApi, cut, makeBinary, partSize, sendPart } from "./api.ts";
import { startTestServer, type TestServer } from "./server.ts";
import type { Backend } from "./support/backend.ts";
import { operate } from "./support/operator.ts";
import { change, query } from "./support/query.ts";
import { bucket, s3Keys } from "./support/s3-server.ts";
import { makeSigner, signedBinary, type TestSigner } from "./support/signed.ts";
import { storedBinary, storedParts } from "./support/stored.ts";
import { until } from "./support/until.ts";

/* Records and content that don't fit, planted past a server that runs, and found beside it. */

interface Finding {
  kind: string;
  prn: string;
  detail: string;
  repaired: boolean;
}

describe.each<Backend>(["sqlite+files", "postgres+s3"])("fsck on %s", (backend) => {
  let server: TestServer;
  let api: Api;
  let signer: TestSigner;
  let s3: S3Client | null = null;

  beforeAll(async () => {
    server = await startTestServer({ PERIDIO_SCRUB_INTERVAL: "1" }, { backend });
    api = callApi(server.url);
    signer = await makeSigner(api);
    if (backend !== "postgres+s3") return;
    const endpoint = server.backend.objects!.endpoint;
    s3 = new S3Client({ endpoint, region: "us-east-1", forcePathStyle: true, credentials: s3Keys });
  });
  afterAll(async () => {
    s3?.destroy();
    await server?.stop();
  });

  async function fsck(...words: string[]): Promise<{ findings: Finding[]; left: number }> {
    // It ends with 1 when something is left wrong.
    const out = await operate(server, "fsck", ...words).catch((error: { stdout: string }) => error.stdout);
    const lines = out
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    return { findings: lines.slice(0, -1), left: lines.at(-1).left };
  }

  const placeOf = (prn: string, revision = 0) => {
    const [, , organization, , id] = prn.split(":") as [string, string, string, string, string];
    return join(server.contentRoot!, organization, id, String(revision));
  };
  const fileOf = (prn: string) => join(placeOf(prn), storedBinary(server, prn).content_file!);

  function plant(path: string): string {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, "nobody needs this");
    utimesSync(path, 1, 1);
    return path;
  }

  function flip(path: string, at: number): void {
    const file = openSync(path, "r+");
    writeSync(file, randomBytes(8), 0, 8, at);
    closeSync(file);
  }

  const signed = (bytes = randomBytes(50_000)) => signedBinary(server, api, signer, {}, bytes);

  async function begun(): Promise<string> {
    const bytes = randomBytes(2 * partSize);
    const prn = await makeBinary(api, bytes);
    await sendPart(api, prn, 1, cut(bytes)[0]!);
    await api("GET", `/binaries/${prn}/parts`);
    return prn;
  }

  it("finds nothing where nothing is wrong", async () => {
    await signed();
    await begun();
    expect(await fsck("--deep", "--grace", "0")).toEqual({ findings: [], left: 0 });
  });

  it("finds each fault, quarantines what must not be served, and repairs what can be", async () => {
    const bytes = randomBytes(50_000);
    const [missing, short, long, flipped, nameless, whole] = [
      await signed(),
      await signed(),
      await signed(),
      await signed(bytes),
      await signed(),
      await signed(),
    ];
    const link = (await api("GET", `/binaries/${flipped}/download_url`)).body.download_url as string;
    const lost = await begun();
    const moreLost = await begun();
    const [organization] = whole.split(":binary:") as [string];
    const stranger = `${organization}:binary:${randomUUID()}`;

    rmSync(fileOf(missing));
    truncateSync(fileOf(short), 100);
    writeFileSync(fileOf(long), "one more", { flag: "a" });
    flip(fileOf(flipped), 4_000);
    change(server, "update binaries set content_file = null where id = ?", nameless.slice(-36));
    const orphans = [
      plant(join(placeOf(stranger), "content")),
      plant(join(placeOf(whole, 7), "direct-0011223344556677")),
      plant(join(placeOf(whole), "part-1-0011223344556677")),
    ];
    change(server, "update organization_usage set stored_bytes = stored_bytes + 5, binaries = binaries + 1");
    if (s3) {
      const prefix = server.backend.settings.PERIDIO_CONTENT_URL!.split("/")[3]!.split("?")[0]!;
      const keyOf = (prn: string) => `${prefix}/${prn.split(":")[2]}/${prn.slice(-36)}/0/content`;
      await s3.send(new CreateMultipartUploadCommand({ Bucket: bucket, Key: keyOf(stranger) }));
      for (const prn of [lost, moreLost]) {
        const UploadId = storedBinary(server, prn).upload_id!;
        await s3.send(new AbortMultipartUploadCommand({ Bucket: bucket, Key: keyOf(prn), UploadId }));
      }
    } else {
      truncateSync(join(placeOf(lost), "content"), 1000);
      flip(join(placeOf(moreLost), "content"), 1_000_000);
    }

    const shallow = await fsck();
    expect(shallow.findings.map(({ kind }) => kind)).not.toContain("wrong_hash");
    const { findings, left } = await fsck("--deep", "--grace", "0");
    const found = (kind: string) => findings.filter((finding) => finding.kind === kind).map(({ prn }) => prn);
    expect(found("missing")).toEqual([missing]);
    expect(found("wrong_size").sort()).toEqual([short, long].sort());
    expect(found("wrong_hash")).toEqual([flipped]);
    expect(found("no_content")).toEqual([nameless]);
    expect(found("wrong_usage")).toEqual([organization]);
    // What a record lost the name of is no orphan: it may be the last copy.
    expect(found("orphaned_file").sort()).toEqual([stranger, whole, whole].sort());
    expect(found("orphaned_upload")).toEqual(s3 ? [stranger] : []);
    expect(found("part_missing").sort()).toEqual((s3 ? [lost, moreLost] : [lost]).sort());
    expect(found("part_wrong_hash")).toEqual(s3 ? [] : [moreLost]);
    expect(left).toBe(findings.length);

    const refused = await fetch(link);
    expect(refused.status).toBe(409);
    expect(((await refused.json()) as { errors: { code: string } }).errors.code).toBe("quarantined");
    expect((await api("GET", `/binaries/${flipped}/download_url`)).body.errors.code).toBe("quarantined");
    const bundle = await api("POST", "/bundles", {
      name: "b",
      artifact_version_prns: undefined,
      binaries: [{ prn: flipped }],
    });
    expect([bundle.status, bundle.body.errors.code]).toEqual([409, "quarantined"]);
    const listed = (await api("GET", "/binaries?limit=100&search=quarantined:true")).body.binaries;
    expect(listed.map(({ prn }: { prn: string }) => prn).sort()).toEqual(
      [missing, short, long, flipped, nameless].sort(),
    );
    const { events } = (await api("GET", `/events?resource_prn=${flipped}`)).body;
    const told = events.find(({ data }: { data: { type: string } }) => data.type === "quarantined");
    expect(told.data.data).toMatchObject({ fault: "wrong_hash", state: "signed" });
    expect((await fetch((await api("GET", `/binaries/${whole}/download_url`)).body.download_url)).status).toBe(200);

    const mended = await fsck("--repair", "--deep", "--grace", "0");
    expect(
      mended.findings
        .filter(({ repaired }) => !repaired)
        .map(({ kind }) => kind)
        .sort(),
    ).toEqual(["missing", "no_content", "wrong_hash", "wrong_size", "wrong_size"]);
    expect(orphans.map((path) => rmWas(path))).toEqual([false, false, false]);
    expect(storedParts(server, lost)[0]?.state).toBe("uploadable");
    writeFileSync(fileOf(flipped), bytes);
    const after = await fsck("--deep", "--grace", "0");
    expect(after.findings.map(({ kind }) => kind).sort(), JSON.stringify(after)).toEqual([
      "missing",
      "no_content",
      "wrong_size",
      "wrong_size",
    ]);
    expect((await api("GET", `/binaries/${flipped}`)).body.binary.quarantine).toBeNull();
    expect((await fetch(link)).status).toBe(200);
  });

  it("is done slowly in the background as well, which shows in metrics and by the API", async () => {
    const prn = await signed();
    flip(fileOf(prn), 10);
    await until(
      "it is quarantined",
      async () => (await api("GET", `/binaries/${prn}`)).body.binary.quarantine !== null,
    );
    const checks = await until("a pass is through", async () => {
      const { body } = await api("GET", "/content_checks");
      const scrub = body.content_checks.find(({ name }: { name: string }) => name === "scrub");
      return scrub?.last_completed_at ? body : null;
    });
    expect(checks.quarantined_binaries).toBe(5);
    const metrics = await (await fetch(`${server.url}/metrics`)).text();
    expect(metrics).toMatch(/peridio_content_check_last_completed_seconds\{check="scrub"\} \d+/);
    expect(metrics).toContain("peridio_quarantined_binaries 5");
    expect(metrics).toMatch(/peridio_content_findings_total\{kind="wrong_hash"\} \d+/);
  });

  it("goes on where it was interrupted", async () => {
    const [first] = query<{ id: string; organization_id: string }>(server, "select * from binaries order by id desc");
    const after = [first!.organization_id, first!.id];
    change(
      server,
      "update content_checks set position = ? where name = 'fsck'",
      JSON.stringify({ stage: "records", after }),
    );
    // All that is wrong with records is before that.
    expect((await fsck()).findings.filter(({ kind }) => kind !== "orphaned_file")).toEqual([]);
    expect((await fsck()).findings.length).toBeGreaterThan(0);
  });

  it("refuses options that it doesn't know", async () => {
    await expect(operate(server, "fsck", "--fix")).rejects.toThrow("--fix");
    await expect(operate(server, "fsck", "--rate", "fast")).rejects.toThrow(
      "--rate must be a whole number; got 'fast'",
    );
  });
});

/** Whether a file is there. */
function rmWas(path: string): boolean {
  try {
    rmSync(path);
    return true;
  } catch {
    return false;
  }
}
