import type { FastifyInstance } from "fastify";
import { Counter, collectDefaultMetrics, Histogram, Registry } from "prom-client";

export type Metrics = ReturnType<typeof makeMetrics>;

/** Figures of the process, and of its answers by route and status, whichever listener gave them. */
export function makeMetrics() {
  const register = new Registry();
  collectDefaultMetrics({ register });
  const seconds = new Histogram({
    name: "http_request_duration_seconds",
    help: "Time to answer a request, in seconds.",
    labelNames: ["method", "route", "status"],
    buckets: [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 30, 300],
    registers: [register],
  });
  const registers = [register];
  const deltas = new Counter({
    name: "peridio_deltas_total",
    help: "Deltas that this process made, by program and outcome.",
    labelNames: ["algorithm", "outcome"],
    registers,
  });
  const deltaBytes = new Counter({
    name: "peridio_delta_downloaded_bytes_total",
    help: "Bytes of deltas that this process sent.",
    registers,
  });
  const deltaSavedBytes = new Counter({
    name: "peridio_delta_saved_bytes_total",
    help: "Bytes that this process didn't have to send, because it sent deltas.",
    registers,
  });
  return { register, seconds, deltas, deltaBytes, deltaSavedBytes };
}

export function measureRequests(app: FastifyInstance, { seconds }: Metrics): void {
  const series = new Map<string, Histogram.Internal<string>>();
  app.addHook("onResponse", (request, reply, done) => {
    const route = request.routeOptions.url ?? "none";
    const key = `${request.method} ${reply.statusCode} ${route}`;
    let one = series.get(key);
    if (!one) {
      one = seconds.labels(request.method, route, String(reply.statusCode));
      series.set(key, one);
    }
    one.observe(reply.elapsedTime / 1000);
    done();
  });
}

/** `/metrics` in the Prometheus text format. */
export function metricsRoute(app: FastifyInstance, { register }: Metrics): void {
  app.get("/metrics", async (_request, reply) => reply.type(register.contentType).send(await register.metrics()));
}
