import type { ErrorCode, FieldErrors } from "@open-peridio/contract";
import { expect } from "vitest";
import type { Answer } from "../api.ts";
import { readError } from "./shape.ts";

/** What the server says to a bad request: its status, and the whole of `errors`. */
export interface Refusal {
  status: number;
  errors: FieldErrors | { detail: string; code: ErrorCode };
}

/** A 422 about one field. */
export function field(name: string, ...messages: string[]): Refusal {
  return { status: 422, errors: { [name]: messages } };
}

export function refusal(status: number, code: ErrorCode, detail: string): Refusal {
  return { status, errors: { detail, code } };
}

/** Exactly this refusal, in a form that the official SDK parses, with the id that support asks for. */
export function expectRefusal(answer: Answer, expected: Refusal): void {
  expect({ status: answer.status, body: answer.body }).toEqual({
    status: expected.status,
    body: { errors: expected.errors },
  });
  expect(readError(answer.body).form).toBe(expected.status === 422 ? "fields" : "detail");
  expect(answer.headers.get("peridio-request-id")).toMatch(/^[\w-]{20}$/);
  expect(answer.headers.get("content-type")).toMatch(/^application\/json/);
}
