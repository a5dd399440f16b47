import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import type { IncomingMessage } from "node:http";
import https from "node:https";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { freePort } from "../free-port.ts";
import { until } from "./until.ts";

const source = fileURLToPath(new URL("../../deploy/nginx", import.meta.url));

interface Place {
  /** Ports of servers on this machine. */
  ports: number[];
  /** Where the servers keep content. */
  content?: string;
  /** The file of `deploy/nginx` that says how downloads go. */
  downloads?: "downloads.conf" | "downloads-cached.conf";
  /** Lets nginx send content by links that it checks itself: the secret, and bytes a second of each download. */
  direct?: { secret: string; rate?: number };
  /** A free port; one is found otherwise. */
  port?: number;
  /** A free port for the host of devices; there is none otherwise. */
  devicePort?: number;
}

export interface Got {
  status: number;
  headers: IncomingMessage["headers"];
  body: Buffer;
}

/** A real nginx with the configuration of `deploy/nginx`, only at other places. */
export interface Nginx {
  url: string;
  certificate: Buffer;
  /** What `nginx -t` said of the configuration. */
  verdict: string;
  accessLog(): string;
  errorLog(): string;
  /** Files in which it keeps bodies that pass. */
  buffered(): string[];
  /** One request on a connection of its own. */
  ask(method: string, url: string, options?: https.RequestOptions, body?: Uint8Array): Promise<Got>;
  stop(): Promise<void>;
}

/** The configuration with each place in it replaced. @throws when a place isn't in it any more */
function render(folder: string, port: number, plainPort: number, place: Place): void {
  const { ports, content, downloads, direct, devicePort } = place;
  const rewrite = (name: string, replacements: [string, string][]) => {
    let text = readFileSync(join(source, name), "utf8");
    for (const [from, to] of replacements) {
      if (!text.includes(from)) throw new Error(`deploy/nginx/${name} doesn't contain '${from}'`);
      text = text.replaceAll(from, to);
    }
    writeFileSync(join(folder, name), text);
  };
  cpSync(source, folder, { recursive: true });
  const bodies = `client_body_temp_path ${folder}/bodies; proxy_temp_path ${folder}/bodies;`;
  // Only root's nginx may say whose its workers are; they must reach the folders of this test.
  const user = process.getuid?.() === 0 ? "user root;" : "";
  rewrite("nginx.conf", [
    ["worker_processes auto", "worker_processes 2"],
    ["# user peridio;", `${user} #`],
    ["/run/nginx.pid", `${folder}/nginx.pid`],
    ["/var/log/nginx", folder],
    ["/var/cache/nginx/peridio", `${folder}/cache`],
    ["/etc/nginx/tls", folder],
    ["/etc/nginx/peridio/downloads.conf", `${folder}/${downloads ?? "downloads.conf"}`],
    ...(direct
      ? [["# include /etc/nginx/peridio/direct.conf", `include ${folder}/direct.conf`] as [string, string]]
      : []),
    ...(devicePort
      ? [["# include /etc/nginx/peridio/devices.conf", `include ${folder}/devices.conf`] as [string, string]]
      : []),
    ["/etc/nginx/peridio", folder],
    ["http {", `http { ${bodies}`],
    ["listen 443 ssl", `listen 127.0.0.1:${port} ssl`],
    ["listen [::]:443 ssl so_keepalive=5m::;", ""],
    ["listen 80;", `listen 127.0.0.1:${plainPort};`],
    ["listen [::]:80;", ""],
    ["worker_rlimit_nofile 65536;", ""],
    ["worker_connections 16384", "worker_connections 512"],
  ]);
  const servers = ports.map((number) => `server 127.0.0.1:${number} max_fails=2 fail_timeout=5s;`);
  rewrite("upstream.conf", [["server 127.0.0.1:4000 max_fails=2 fail_timeout=5s;", servers.join("\n")]]);
  rewrite("downloads.conf", [["/var/lib/peridio/content/", `${content ?? folder}/`]]);
  rewrite("downloads-cached.conf", [["/etc/nginx/peridio", folder]]);
  rewrite("devices.conf", [
    ["/etc/nginx/tls", folder],
    ["/etc/nginx/peridio", folder],
    ["listen 443 ssl", `listen 127.0.0.1:${devicePort ?? 0} ssl`],
    ["listen [::]:443 ssl so_keepalive=5m::;", ""],
  ]);
  rewrite("direct.conf", [
    ["/var/lib/peridio/content/", `${content ?? folder}/`],
    ["the-secret-of-this-origin", direct?.secret ?? ""],
    ["limit_except", `limit_rate ${direct?.rate ?? 0}; limit_except`],
  ]);
}

export async function startNginx(place: Place): Promise<Nginx> {
  const folder = mkdtempSync(join(tmpdir(), "e2e-nginx-"));
  const [port, plainPort] = [place.port ?? (await freePort()), await freePort()];
  render(folder, port, plainPort, place);
  mkdirSync(join(folder, "bodies"));
  const subject = ["-subj", "/CN=nginx", "-addext", "subjectAltName=IP:127.0.0.1"];
  const request = ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", ...subject];
  execFileSync("openssl", [...request, "-keyout", "tls.key", "-out", "tls.crt"], { cwd: folder, stdio: "ignore" });
  const certificate = readFileSync(join(folder, "tls.crt"));
  const nginx = ["-p", folder, "-e", join(folder, "error.log"), "-c", join(folder, "nginx.conf")];
  const verdict = execFileSync("bash", ["-c", 'nginx -t "$@" 2>&1', "nginx", ...nginx], { encoding: "utf8" });
  const child = spawn("nginx", [...nginx, "-g", "daemon off;"], { stdio: "ignore" });
  await until("nginx", () => listens(port, child));
  const read = (name: string) => (existsSync(join(folder, name)) ? readFileSync(join(folder, name), "utf8") : "");

  return {
    url: `https://127.0.0.1:${port}`,
    certificate,
    verdict,
    accessLog: () => read("access.log"),
    errorLog: () => read("error.log"),
    buffered: () => openFiles(child.pid!).filter((path) => path.startsWith(join(folder, "bodies"))),
    ask(method, url, options = {}, body) {
      return new Promise((resolve, reject) => {
        const sent = https.request(url, { method, ca: certificate, agent: false, ...options }, async (answer) => {
          try {
            const chunks: Buffer[] = [];
            for await (const chunk of answer) chunks.push(chunk as Buffer);
            resolve({ status: answer.statusCode!, headers: answer.headers, body: Buffer.concat(chunks) });
          } catch (error) {
            reject(error);
          }
        });
        sent.on("error", reject);
        sent.end(body);
      });
    },
    async stop() {
      const exited = once(child, "exit");
      child.kill("SIGTERM");
      await exited;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** What the workers have open. nginx removes the name of a body's file at once, so its folder shows nothing. */
function openFiles(master: number): string[] {
  const workers = readFileSync(`/proc/${master}/task/${master}/children`, "utf8").trim().split(" ");
  return workers.flatMap((worker) =>
    readdirSync(`/proc/${worker}/fd`).flatMap((fd) => {
      try {
        return [readlinkSync(`/proc/${worker}/fd/${fd}`)];
      } catch {
        return [];
      }
    }),
  );
}

async function listens(port: number, child: ChildProcess): Promise<boolean> {
  if (child.exitCode !== null) throw new Error(`nginx ended with ${child.exitCode}`);
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1", () => {
      socket.destroy();
      resolve(true);
    });
    socket.on("error", () => resolve(false));
  });
}
