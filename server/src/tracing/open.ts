import { setTimeout as pause } from "node:timers/promises";
import { OTLPTraceExporter } from "@opentelemetry/exporter-trace-otlp-http";
import { defaultResource, detectResources, envDetector, resourceFromAttributes } from "@opentelemetry/resources";
import { BatchSpanProcessor, NodeTracerProvider } from "@opentelemetry/sdk-trace-node";
import type { Logger } from "pino";

/** Milliseconds that a server which stops gives its last spans. */
const lastTime = 2_000;

/**
 * Opens the way out for traces: OTLP over HTTP, JSON, to `endpoint` + `/v1/traces`. Sampling, headers, batches and the name of the
 * service follow the standard `OTEL_*` variables. Import it only when traces are wanted: it brings much along.
 * Source: https://opentelemetry.io/docs/specs/otel/protocol/exporter/
 * @returns sends what is left, if that is quickly done, and stops
 */
export function openTracing(endpoint: string, log: Logger): () => Promise<void> {
  const own = resourceFromAttributes({ "service.name": "open-peridio" });
  const environment = detectResources({ detectors: [envDetector] });
  const provider = new NodeTracerProvider({
    // The environment has the last word.
    resource: defaultResource().merge(own).merge(environment),
    spanProcessors: [new BatchSpanProcessor(new OTLPTraceExporter({ url: `${endpoint}/v1/traces` }))],
  });
  provider.register();
  return async () => {
    const sent = provider.shutdown().then(
      () => true,
      (err) => {
        log.warn({ err }, "the last traces could not be sent");
        return true;
      },
    );
    if (!(await Promise.race([sent, pause(lastTime, false, { ref: false })]))) log.warn("the last traces are given up");
  };
}
