import { SpanKind, SpanStatusCode } from "@opentelemetry/api";
import type { LogEvent } from "kysely";
import { tracer } from "./span.ts";

/**
 * Kysely's log as spans: the text of each query, never its values. Queries of the hot paths that go past Kysely have none.
 * Source of the names: https://opentelemetry.io/docs/specs/semconv/database/database-spans/
 */
export function traceQueries(system: "sqlite" | "postgresql"): (event: LogEvent) => void {
  return ({ level, query, queryDurationMillis }) => {
    const end = Date.now();
    const operation = query.sql.trimStart().split(/\s/, 1)[0]!.toLowerCase();
    const span = tracer.startSpan(operation, {
      kind: SpanKind.CLIENT,
      startTime: end - queryDurationMillis,
      attributes: { "db.system.name": system, "db.operation.name": operation, "db.query.text": query.sql },
    });
    // What the database says may quote values.
    if (level === "error") span.setStatus({ code: SpanStatusCode.ERROR });
    span.end(end);
  };
}
