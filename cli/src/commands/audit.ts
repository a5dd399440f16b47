import { createReadStream, createWriteStream } from "node:fs";
import { createInterface } from "node:readline";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { type AuditHead, call, fetchBytes, type TrailAnchor, verifyTrail } from "@open-peridio/sdk/node";
import { type Command, Option } from "commander";
import { group, leaf, type Options } from "../command.ts";
import { connect } from "../config/settings.ts";
import { exitCodes, Failure } from "../exit.ts";
import { print, tell, write } from "../output.ts";
import { given, integer, required, text } from "../values.ts";
import { getCommand, listCommand } from "./crud.ts";

const auditLog = { plural: "audit_logs", noun: "audit log", type: "audit_log", prnOption: "auditLogPrn" } as const;

export function auditCommands(program: Command): void {
  const audit = group(program, "audit", "What was done, by whom, and the proof that nothing of it was changed");
  listCommand(audit, auditLog, [
    { flags: "--actor-prn <prn>", description: "who did it", option: "actorPrn", key: "actor_prn" },
    { flags: "--resource-prn <prn>", description: "what it happened to", option: "resourcePrn", key: "resource_prn" },
    { flags: "--type <type>", description: "such as binary or api_key", option: "type", key: "type" },
    { flags: "--result <result>", description: "done, denied or failed", option: "result", key: "result" },
  ]);
  getCommand(audit, auditLog);

  leaf(
    audit,
    "head",
    "Show where the trail ends, signed by the server; keep it to prove later that nothing before it was changed",
    "peridio audit head > head-$(date +%F).json",
    async (options) => print(await call(connect(options), "GET", "/audit_logs/head"), options.output),
  );

  leaf(
    audit,
    "export",
    "Write the whole trail, or a selection",
    "peridio audit export --file trail.ndjson",
    async (options) => {
      const { search, from_sequence, format } = given({
        search: text(options, "search"),
        from_sequence: integer(options, "fromSequence"),
        format: text(options, "format"),
      });
      const query = new URLSearchParams(given({ search, from_sequence, format }) as Record<string, string>);
      const body = Readable.from(await fetchBytes(connect(options), `/audit_logs/export?${query}`));
      const file = text(options, "file");
      if (file === undefined) await pipeline(body, process.stdout, { end: false });
      else await pipeline(body, createWriteStream(file, { flags: "wx" }));
    },
  )
    .option("--file <path>", "where to; standard output by default")
    .option("--from-sequence <number>", "only from this entry on")
    .option("--search <query>", "only these; such an export can't be verified")
    .addOption(new Option("--format <format>", "ndjson, which can be verified, or csv").choices(["ndjson", "csv"]));

  leaf(
    audit,
    "verify",
    "Check an exported trail, without the server: that nothing was changed, removed, moved or cut off",
    "peridio audit verify --file trail.ndjson --since older.ndjson",
    verifyFile,
  )
    .option("--file <path>", "an export in NDJSON")
    .option("--since <path>", "an older export or head: the trail must still lead through its end")
    .option("--public-key <base64>", "the server's key, as an older head shows it");
}

async function verifyFile(options: Options): Promise<void> {
  const since = text(options, "since");
  const anchor: TrailAnchor = {
    ...(since !== undefined && { head: await readHead(since) }),
    ...(options.publicKey !== undefined && { publicKey: String(options.publicKey) }),
  };
  const { entries, head, problems } = await verifyTrail(linesOf(required(options, "file")), anchor);
  for (const problem of problems) tell(problem);
  if (options.output === "table") write(`${entries} entries, ${problems.length === 0 ? "whole" : "NOT whole"}`);
  else write(JSON.stringify({ valid: problems.length === 0, entries, head, problems }));
  if (problems.length > 0) throw new Failure(exitCodes.refused, "the trail is not whole");
}

/** The head in the last line of an older export, or in the output of `audit head`. */
async function readHead(path: string): Promise<AuditHead> {
  let last = "";
  for await (const line of linesOf(path)) if (line !== "") last = line;
  try {
    const { audit_head } = JSON.parse(last) as { audit_head?: AuditHead };
    if (audit_head) return audit_head;
  } catch {
    // Said below, as for any other file without one.
  }
  throw new Failure(
    exitCodes.usage,
    `${path} does not end with a head; it must be an export or the output of 'audit head'`,
  );
}

function linesOf(path: string): AsyncIterable<string> {
  return createInterface({ input: createReadStream(path), crlfDelay: Number.POSITIVE_INFINITY });
}
