import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { parseAllDocuments } from "yaml";

const chart = fileURLToPath(new URL("../deploy/helm/open-peridio", import.meta.url));

// biome-ignore lint/suspicious/noExplicitAny: Kubernetes objects, read field by field.
type Resource = any;

function helm(...words: string[]): { status: number | null; output: string } {
  const { status, stdout, stderr } = spawnSync("helm", words, { encoding: "utf8" });
  return { status, output: stdout + stderr };
}

/** All that the chart makes of `ci/NAME-values.yaml`, by kind. */
function render(name: string, ...more: string[]): Map<string, Resource> {
  const values = `${chart}/ci/${name}-values.yaml`;
  const words = ["template", "release", chart, "--values", values, "--kube-version", "1.33.0", ...more];
  const { status, output } = helm(...words);
  if (status !== 0) throw new Error(output);
  const objects = parseAllDocuments(output).flatMap((document) => {
    expect(document.errors).toEqual([]);
    return document.toJS() ?? [];
  });
  return new Map(objects.map((one: Resource) => [one.kind, one]));
}

const podOf = (objects: Map<string, Resource>, kind: string): Resource => objects.get(kind).spec.template.spec;

describe("the Helm chart", () => {
  it.each(["least", "everything"])("passes helm's own checks with %s of its values", (name) => {
    const { status, output } = helm("lint", chart, "--strict", "--values", `${chart}/ci/${name}-values.yaml`);
    expect(status, output).toBe(0);
    expect(output).not.toMatch(/WARN|ERROR/);
  });

  it("makes only what is asked for", () => {
    const least = [...render("least").keys()].sort();
    expect(least).toEqual(["Deployment", "Job", "PodDisruptionBudget", "Service", "ServiceAccount"]);
    const everything = [...render("everything").keys()].sort();
    const more = ["HorizontalPodAutoscaler", "Ingress", "NetworkPolicy"];
    expect(everything).toEqual([...least, ...more].sort());
  });

  it("says what is missing or wrong in the values", () => {
    const template = (...more: string[]) => helm("template", "release", chart, "--kube-version", "1.33.0", ...more);
    const { status, output } = template();
    expect(status).not.toBe(0);
    for (const name of ["/image/repository", "/publicUrl", "/contentUrl", "/secrets/server"]) {
      expect(output).toContain(name);
    }
    const values = ["--values", `${chart}/ci/least-values.yaml`];
    expect(template(...values, "--set", "settings.PERIDIO_SECRET_KEY=abc").output).toContain("'PERIDIO_SECRET_KEY'");
    expect(template(...values, "--set", "replica=3").output).toContain("replica");
    // Behind an ingress that it doesn't trust, the server would take it for every client.
    const open = ["--set", "ingress.enabled=true", "--set", "ingress.hosts={a.example.com}"];
    expect(template(...values, ...open).output).toContain("/trustedProxies");
  });

  it.each(["Deployment", "Job"])("runs the %s's pods under the restricted Pod Security Standard", (kind) => {
    const pod = podOf(render("least"), kind);
    expect(pod.securityContext).toMatchObject({ runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } });
    expect(pod.automountServiceAccountToken).toBe(false);
    for (const { securityContext } of pod.containers) {
      expect(securityContext).toEqual({
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: true,
        capabilities: { drop: ["ALL"] },
      });
    }
  });

  it("lets running transfers end: first the proxies look away, then the server has its 30 seconds", () => {
    const objects = render("least");
    const pod = podOf(objects, "Deployment");
    const drain = pod.containers[0].lifecycle.preStop.sleep.seconds;
    expect(pod.terminationGracePeriodSeconds).toBeGreaterThanOrEqual(drain + 30);
    expect(objects.get("Deployment").spec.strategy.rollingUpdate.maxUnavailable).toBe(0);
  });

  it("asks each probe what it is for", () => {
    const [server] = podOf(render("least"), "Deployment").containers;
    const paths = ["startupProbe", "readinessProbe", "livenessProbe"].map((name) => server[name].httpGet.path);
    expect(paths).toEqual(["/healthz", "/readyz", "/healthz"]);
  });

  it("takes secrets only from secrets, and the migration has the same settings as the server", () => {
    const objects = render("everything");
    const [server] = podOf(objects, "Deployment").containers;
    const [migration] = podOf(objects, "Job").containers;
    expect(migration.args).toEqual(["migrate"]);
    expect([migration.env, migration.envFrom]).toEqual([server.env, server.envFrom]);
    expect(server.envFrom).toEqual([
      { secretRef: { name: "open-peridio" } },
      { secretRef: { name: "open-peridio-storage" } },
    ]);
    expect(JSON.stringify(server.env)).not.toMatch(/SECRET|PASSWORD|API_KEY|DATABASE_URL/);
    expect(objects.has("Secret")).toBe(false);
  });

  it("mounts the secret with the origins where the server looks for them", () => {
    const pod = podOf(render("everything"), "Deployment");
    const [{ env, volumeMounts }] = pod.containers;
    const { value } = env.find(({ name }: Resource) => name === "PERIDIO_ORIGINS");
    const { mountPath } = volumeMounts.find(({ name }: Resource) => name === "origins");
    expect(value).toBe(`${mountPath}/origins.toml`);
    const { secret } = pod.volumes.find(({ name }: Resource) => name === "origins");
    expect(secret.secretName).toBe("open-peridio-origins");
    expect(JSON.stringify(podOf(render("least"), "Deployment"))).not.toContain("origins");
  });

  it("never counts the migration's pod among the servers", () => {
    const objects = render("everything");
    const labels = objects.get("Job").spec.template.metadata.labels;
    const chosenBy = [
      objects.get("Service").spec.selector,
      objects.get("Deployment").spec.selector.matchLabels,
      objects.get("PodDisruptionBudget").spec.selector.matchLabels,
    ];
    for (const selector of chosenBy) {
      expect(objects.get("Deployment").spec.template.metadata.labels).toMatchObject(selector);
      expect(labels).not.toMatchObject(selector);
    }
  });
});
