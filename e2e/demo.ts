/**
 * `npm run demo`: the whole way of a real file, the executable of Node itself, with everything that is said on the way:
 * create, upload, verify, sign, download, compare; and what is refused, before your eyes.
 */
import { execFileSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { closeSync, copyFileSync, openSync, writeSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { apiKey, startTestServer } from "./server.ts";

const commands = fileURLToPath(new URL("../node_modules/.bin", import.meta.url));
const directory = await mkdtemp(join(tmpdir(), "peridio-demo-"));
const server = await startTestServer();

const environment = {
  ...process.env,
  PATH: [commands, dirname(process.execPath), process.env.PATH].join(delimiter),
  PERIDIO_API_KEY: apiKey,
  PERIDIO_BASE_URL: server.url,
};

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

/** Prints a command line, runs it, prints what it says. Returns its output. */
function shell(command: string, variables: Record<string, string> = {}): string {
  say(`\n  $ ${command}`);
  const output = execFileSync("bash", ["-ec", command], {
    cwd: directory,
    env: { ...environment, ...variables },
    encoding: "utf8",
    stdio: ["ignore", "pipe", "inherit"],
  });
  for (const line of output.trimEnd().split("\n").filter(Boolean)) say(`    ${shorten(line)}`);
  return output.trim();
}

function shorten(line: string): string {
  return line.length > 240 ? `${line.slice(0, 237)}...` : line;
}

/** A command that must be refused. */
function refused(command: string, variables: Record<string, string>): void {
  const answer = shell(`if ${command} 2>&1; then echo "THIS MUST NOT HAPPEN"; exit 1; fi`, variables);
  if (answer === "") throw new Error("the refusal said nothing");
}

try {
  say(`A server of its own runs at ${server.url}. The file is the Node executable.`);
  copyFileSync(process.execPath, join(directory, "firmware.bin"));
  shell("ls -lh firmware.bin");

  say("\n1. A place for it: an artifact and a version.");
  const artifact = shell("peridio artifacts create --name firmware --output prn");
  const VERSION_PRN = shell(`peridio artifact-versions create --artifact-prn ${artifact} --version 1.0.0 --output prn`);

  say("\n2. The record says what the content must be; the upload proves that it is.");
  const create =
    'peridio binaries create --artifact-version-prn $VERSION_PRN --target aarch64-linux-gnu --hash "sha256:$(sha256sum firmware.bin | cut -d" " -f1)" --size $(stat -c%s firmware.bin) --output prn';
  const BINARY_PRN = shell(create, { VERSION_PRN });
  const known = { VERSION_PRN, BINARY_PRN };
  shell("peridio binaries upload --binary-prn $BINARY_PRN --file firmware.bin --output prn", known);
  shell("peridio binaries get --prn $BINARY_PRN | head -6", known);

  say("\n3. A signature by the wrong key is refused, and so is one over something else.");
  shell(
    "openssl genrsa -out private_key.pem 3072 2>/dev/null && openssl rsa -in private_key.pem -pubout -out public_key.pem 2>/dev/null",
  );
  shell("openssl genrsa -out other_key.pem 3072 2>/dev/null");
  const KEY_PRN = shell("peridio signing-keys create --name release --public-key-file public_key.pem --output prn");
  const signing = { ...known, KEY_PRN };
  const attach =
    "peridio binary-signatures create --binary-prn $BINARY_PRN --signing-key-prn $KEY_PRN --signature $(base64 firmware.sig) --output prn";
  shell("openssl dgst -sha256 -sign other_key.pem -out firmware.sig firmware.bin");
  refused(attach, signing);
  refused('peridio signing-keys create --name oops --value "$(cat private_key.pem)"', signing);

  say("\n4. The right one is accepted, and the binary is signed.");
  shell("openssl dgst -sha256 -sign private_key.pem -out firmware.sig firmware.bin");
  shell(attach, signing);
  shell("peridio binaries list --artifact-version-prn $VERSION_PRN --output table", known);

  say("\n5. Downloaded by a link, with a break in the middle, and compared.");
  const URL = shell("peridio binaries download-url --prn $BINARY_PRN | cut -d'\"' -f4", known);
  shell('curl -sf -r 0-49999999 -o copy.bin "$URL" && ls -lh copy.bin', { ...known, URL });
  shell('curl -sf -C - -o copy.bin "$URL" && cmp copy.bin firmware.bin && echo "the copy is equal"', { ...known, URL });

  say("\n6. A link that was changed is refused.");
  refused("curl -sS --fail-with-body $(echo $URL | sed s/aarch64/x86_64/)", { ...known, URL });

  say("\n7. A tampered copy is caught before it is anything.");
  tamper(join(directory, "firmware.bin"), join(directory, "tampered.bin"));
  const TAMPERED_PRN = shell(create.replace("aarch64-linux-gnu", "x86_64-linux-gnu"), { VERSION_PRN });
  refused("peridio binaries upload --binary-prn $TAMPERED_PRN --file tampered.bin", { TAMPERED_PRN });
  say("\n   The client saw it. Told to send it all the same, the server sees it too:");
  refused(
    'curl -sS --fail-with-body -X PUT -H "Authorization: Bearer $PERIDIO_API_KEY" -T tampered.bin $PERIDIO_BASE_URL/binaries/$TAMPERED_PRN/content',
    { TAMPERED_PRN },
  );

  say("\n8. Destroyed: the content is gone for good, the record stays.");
  shell("peridio binaries destroy --prn $BINARY_PRN --output prn", known);
  refused('curl -sS --fail-with-body "$URL"', { ...known, URL });
  shell("peridio binaries get --prn $BINARY_PRN | head -6", known);
  say("\nThat was the whole way.");
} finally {
  await server.stop();
  await rm(directory, { recursive: true, force: true });
}

/** A copy in which 16 bytes in the middle are others. */
function tamper(from: string, to: string): void {
  copyFileSync(from, to);
  const file = openSync(to, "r+");
  writeSync(file, randomBytes(16), 0, 16, 50_000_000);
  closeSync(file);
}
