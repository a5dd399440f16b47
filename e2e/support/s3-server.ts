import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { glob, mkdir, mkdtemp, rename, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { freePort } from "../free-port.ts";

export interface ObjectServer {
  /** Its address, without a bucket. */
  endpoint: string;
  /** What a program needs in its environment to reach it. */
  environment: Record<string, string>;
  /** The directory that has an object `BUCKET/KEY` as the file of that name; null where there is none. */
  objects: string | null;
  /** Ends it in the middle of its work, as hard as it can be without losing what it acknowledged. */
  kill(): Promise<void>;
  start(): Promise<void>;
  stop(): Promise<void>;
}

export const s3Keys = { accessKeyId: "AKTEST", secretAccessKey: "SKTEST-only-for-tests" };
/** Made when the server is. */
export const bucket = "firmware";

/** A real S3 server (versitygw, on files), in a directory of its own. */
export async function startS3(): Promise<ObjectServer> {
  const root = await mkdtemp(join(tmpdir(), "s3-"));
  await mkdir(join(root, "objects", bucket), { recursive: true });
  const port = await freePort();
  const endpoint = `http://127.0.0.1:${port}`;
  let child: ChildProcess;

  async function start(): Promise<void> {
    await giveBackClaims(join(root, "objects", bucket));
    const words = ["--port", `127.0.0.1:${port}`, "--keep-alive", "--quiet", "posix", join(root, "objects")];
    const env = { ...process.env, ROOT_ACCESS_KEY: s3Keys.accessKeyId, ROOT_SECRET_KEY: s3Keys.secretAccessKey };
    child = spawn("versitygw", words, { env, stdio: "ignore" });
    await untilAnswers(endpoint, child);
  }

  await start();
  return {
    endpoint,
    environment: { AWS_ACCESS_KEY_ID: s3Keys.accessKeyId, AWS_SECRET_ACCESS_KEY: s3Keys.secretAccessKey },
    objects: join(root, "objects"),
    start,
    kill: () => end(child, "SIGKILL"),
    async stop() {
      await end(child, "SIGTERM");
      await rm(root, { recursive: true, force: true });
    },
  };
}

/**
 * While versitygw (1.8.0, backend/posix) puts an upload together, the directory of its parts has another name, which a kill
 * leaves behind: the upload, with all that was acknowledged, is then gone for good. No store that people keep content in
 * does so; here the name is given back before the next start.
 */
async function giveBackClaims(directory: string): Promise<void> {
  for await (const name of glob(".sgwtmp/multipart/*/*.inprogress", { cwd: directory })) {
    const [upload] = basename(name).split(".") as [string];
    await rename(join(directory, name), join(directory, dirname(name), upload));
  }
}

export async function untilAnswers(endpoint: string, child: ChildProcess): Promise<void> {
  for (let attempt = 0; attempt < 1_200; attempt++) {
    if (child.exitCode !== null) throw new Error(`${child.spawnfile} ended with ${child.exitCode}`);
    const answered = await fetch(endpoint).then(
      () => true,
      () => false,
    );
    if (answered) return;
    await pause(25);
  }
  throw new Error(`${child.spawnfile} does not answer on ${endpoint}`);
}

export async function end(child: ChildProcess, signal: "SIGKILL" | "SIGTERM" | "SIGINT"): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, "exit");
  child.kill(signal);
  await exited;
}
