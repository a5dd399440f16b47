import { type Attributes, type Span, SpanStatusCode, trace } from "@opentelemetry/api";

/** Spans are dropped at once while nobody opened the way out: see `open.ts`. */
export const tracer = trace.getTracer("open-peridio");

/** Does the work within a span, which ends as the work does. @throws what the work throws */
export function inSpan<T>(name: string, attributes: Attributes, work: () => Promise<T>): Promise<T> {
  return tracer.startActiveSpan(name, { attributes }, async (span) => {
    try {
      return await work();
    } catch (error) {
      fail(span, error);
      throw error;
    } finally {
      span.end();
    }
  });
}

/** Marks a span as failed. */
export function fail(span: Span, error: unknown): void {
  const message = error instanceof Error ? error.message : String(error);
  span.setAttribute("error.type", error instanceof Error ? error.name : "error");
  span.setStatus({ code: SpanStatusCode.ERROR, message });
}
