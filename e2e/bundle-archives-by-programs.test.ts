import { execFileSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { callApi } from "./api.ts";
import { startTestServer } from "./server.ts";
import { peridioOf } from "./support/peridio.ts";
import { makeSigner, signedBinary } from "./support/signed.ts";

const v2 = { "x-api-version": "2" };

it("an archive is unpacked by zstd and cpio, and what they pack is pushed", async () => {
  const [from, to] = [await startTestServer(), await startTestServer()];
  const directory = mkdtempSync(join(tmpdir(), "programs-"));
  const shell = (command: string): string =>
    execFileSync("bash", ["-c", `set -eo pipefail; ${command}`], { cwd: directory }).toString();
  try {
    const here = callApi(from.url);
    const there = callApi(to.url);
    const signer = await makeSigner(here);
    await there("POST", "/signing_keys", { name: "the same", value: signer.value });
    const content = randomBytes(100_001);
    const binaries = [{ prn: await signedBinary(from, here, signer, {}, content) }];
    const { bundle } = (await here("POST", "/bundles", { binaries, name: "bundle" }, v2)).body;

    await peridioOf(from, { cwd: directory })("bundles", "pull", "--bundle-prn", bundle.prn);
    // One frame, no more.
    expect(shell("zstd -l bundle.cpio.zst")).toMatch(/\n +1 +0 /);
    shell("mkdir out && cd out && zstd -qdc ../bundle.cpio.zst | cpio -i --quiet");
    const name = readdirSync(join(directory, "out")).find((file) => file !== "bundle.json")!;
    expect(readFileSync(join(directory, "out", name)).equals(content)).toBe(true);

    // GNU cpio fills up the last block with zeros, and several programs make several frames.
    shell(`rm bundle.cpio.zst && cd out && (echo bundle.json; ls | grep -v bundle.json) > ../list
      cpio -o -H newc --quiet < ../list > ../bundle.cpio
      head -c 50000 ../bundle.cpio | zstd -qc > ../bundle.cpio.zst
      tail -c +50001 ../bundle.cpio | zstd -qc >> ../bundle.cpio.zst`);
    const pushed = await peridioOf(to, { cwd: directory })("bundles", "push", "--path", "bundle.cpio.zst");
    expect(pushed).toMatchObject({ code: 0, stderr: "" });
    expect(JSON.parse(pushed.stdout).hash).toBe(bundle.hash);
  } finally {
    rmSync(directory, { recursive: true });
    await from.stop();
    await to.stop();
  }
});
