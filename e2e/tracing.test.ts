import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { json } from "node:stream/consumers";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { announcePart, callApi, makeBinary, sendPart, untilVerified } from "./api.ts";
import { apiKey, startTestServer, type TestServer } from "./server.ts";
import { until } from "./support/until.ts";

/** As OTLP's JSON has it: https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding */
interface Sent {
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  name: string;
  attributes: { key: string; value: { stringValue?: string; intValue?: number } }[];
  status: { code?: number };
}

interface Export {
  resourceSpans: { resource: { attributes: Sent["attributes"] }; scopeSpans: { spans: Sent[] }[] }[];
}

const bytes = Buffer.from("content that is traced");
const traceId = "0af7651916cd43dd8448eb211c80319c";
const caller = "b7ad6b7169203331";

describe("a server that sends traces to a collector", () => {
  let collector: Server;
  let server: TestServer;
  const exports: Export[] = [];
  const paths = new Set<string>();
  const spans = () => exports.flatMap(({ resourceSpans }) => resourceSpans.flatMap((one) => one.scopeSpans[0]!.spans));
  const named = (name: string) => spans().filter((span) => span.name === name);
  const attribute = ({ attributes }: Pick<Sent, "attributes">, key: string) => {
    const value = attributes.find((one) => one.key === key)?.value;
    return value?.stringValue ?? value?.intValue;
  };

  beforeAll(async () => {
    collector = createServer(async (request, response) => {
      paths.add(request.url!);
      exports.push((await json(request)) as Export);
      response.setHeader("content-type", "application/json").end("{}");
    }).listen(0, "127.0.0.1");
    await once(collector, "listening");
    server = await startTestServer({
      OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${(collector.address() as AddressInfo).port}`,
      OTEL_BSP_SCHEDULE_DELAY: "50",
      OTEL_RESOURCE_ATTRIBUTES: "deployment.environment.name=test",
    });
  });
  afterAll(async () => {
    await server.stop();
    collector.close();
  });

  it("has a span for a request, child of its caller's, with its queries below it", async () => {
    const answer = await fetch(`${server.url}/artifacts`, {
      method: "POST",
      headers: {
        authorization: `Bearer ${apiKey}`,
        "content-type": "application/json",
        traceparent: `00-${traceId}-${caller}-01`,
      },
      body: JSON.stringify({ name: "traced" }),
    });
    expect(answer.status).toBe(201);
    await until("the span came", () => named("POST /artifacts").length > 0);
    const [request] = named("POST /artifacts");
    expect(request).toMatchObject({ traceId, parentSpanId: caller });
    expect(attribute(request!, "http.response.status_code")).toBe(201);
    const below = spans().filter(({ parentSpanId }) => parentSpanId === request!.spanId);
    expect(below.map((span) => attribute(span, "db.operation.name"))).toContain("insert");
    expect(paths).toEqual(new Set(["/v1/traces"]));
    const [{ resource }] = exports[0]!.resourceSpans as [Export["resourceSpans"][number]];
    expect(attribute(resource, "service.name")).toBe("open-peridio");
    expect(attribute(resource, "deployment.environment.name")).toBe("test");
  });

  it("has one for a verification, and none has a key, a link or a value of a query", async () => {
    const api = callApi(server.url);
    const binary = await makeBinary(api, bytes);
    const link = await announcePart(api, binary, 1, bytes);
    await sendPart(api, binary, 1, bytes);
    await api("PATCH", `/binaries/${binary}`, { state: "hashable" });
    expect((await untilVerified(api, binary)).state).toBe("signable");
    const id = binary.split(":").at(-1);
    await until("the span came", () => named("verify binary").some((span) => attribute(span, "peridio.binary") === id));
    const sent = JSON.stringify(spans());
    for (const secret of [apiKey, new URL(link).search, new URL(link).pathname, 'traced"']) {
      expect(sent).not.toContain(secret);
    }
  });

  it("marks what failed, and a request for what isn't there as no failure", async () => {
    const api = callApi(server.url);
    expect((await api("GET", "/nowhere")).status).toBe(404);
    await until("the span came", () => named("GET").length > 0);
    expect(named("GET")[0]!.status.code ?? 0).toBe(0);
  });
});

describe("a server whose collector isn't there", () => {
  it("works, and stops", async () => {
    const server = await startTestServer({
      OTEL_EXPORTER_OTLP_ENDPOINT: "http://127.0.0.1:1",
      OTEL_BSP_SCHEDULE_DELAY: "50",
    });
    const api = callApi(server.url);
    expect((await api("GET", "/artifacts")).status).toBe(200);
    await server.stop();
    expect(server.process().exitCode).toBe(0);
  });
});
