import { ApiError, type FieldErrors, invalidFields } from "@open-peridio/contract";
import { Ajv, type ErrorObject, type ValidateFunction } from "ajv";
import type { FastifyInstance } from "fastify";

const common = { allErrors: true, verbose: true, useDefaults: true, strict: false } as const;

/** Bodies are taken as they are; text in paths and queries becomes the type that its schema names. */
const bodies = new Ajv({ ...common, coerceTypes: false });
const texts = new Ajv({ ...common, coerceTypes: true });

/** Checks requests by their schemas: 422 with a field map for bodies, 400 for paths and queries. */
export function validateRequests(app: FastifyInstance): void {
  app.setValidatorCompiler(({ schema, httpPart }) => {
    const inBody = httpPart === "body";
    const check = compiledAtFirstUse(inBody ? bodies : texts, schema as object);
    return (data: unknown) => {
      if (inBody && (typeof data !== "object" || data === null || Array.isArray(data))) {
        return { error: new ApiError("invalid_json", "the request needs a JSON object as its body") };
      }
      const errors = check(data);
      if (errors === null) return { value: data };
      const fields = fieldErrors(errors);
      return { error: inBody ? invalidFields(fields) : badParameter(fields) };
    };
  });
}

/** What is wrong with a value, or null. Most servers are asked few of all routes; the checks of all take 19 MB. */
function compiledAtFirstUse(ajv: Ajv, schema: object): (data: unknown) => ErrorObject[] | null {
  let validate: ValidateFunction | undefined;
  return (data) => {
    validate ??= ajv.compile(schema);
    return validate(data) ? null : (validate.errors ?? []);
  };
}

function badParameter(fields: FieldErrors): ApiError {
  const problems = Object.entries(fields).map(([field, sentences]) => `${field} ${sentences.join(", ")}`);
  return new ApiError("invalid_parameter", problems.join("; "));
}

function fieldErrors(errors: ErrorObject[]): FieldErrors {
  const fields: FieldErrors = {};
  for (const error of errors) {
    const field = fieldOf(error);
    const sentence = sentenceOf(error);
    fields[field] ??= [];
    if (!fields[field].includes(sentence)) fields[field].push(sentence);
  }
  return fields;
}

/** The field as a dotted path, such as `scopes.0`. */
function fieldOf(error: ErrorObject): string {
  const path = error.instancePath.split("/").slice(1);
  if (error.keyword === "required") path.push(String(error.params.missingProperty));
  return path.join(".") || "body";
}

const article = /^[aeiou]/;

function sentenceOf(error: ErrorObject): string {
  const got = `got ${show(error.data)}`;
  const { limit } = error.params as { limit?: number };
  switch (error.keyword) {
    case "required":
      return "is required";
    case "type": {
      const types = [error.params.type as string | string[]].flat();
      return `must be ${types.map((t) => (t === "null" ? t : `${article.test(t) ? "an" : "a"} ${t}`)).join(" or ")}; ${got}`;
    }
    case "minLength":
      return `must have at least ${limit} character${limit === 1 ? "" : "s"}; got ${[...String(error.data)].length}`;
    case "maxLength":
      return `must have at most ${limit} characters; got ${[...String(error.data)].length}`;
    case "minimum":
      return `must be at least ${limit}; ${got}`;
    case "maximum":
      return `must be at most ${limit}; ${got}`;
    case "minItems":
      return `must have at least ${limit} item${limit === 1 ? "" : "s"}; got ${(error.data as unknown[]).length}`;
    case "uniqueItems":
      return `must not name anything twice; ${got}`;
    case "enum":
      return `must be one of ${(error.params.allowedValues as unknown[]).join(", ")}; ${got}`;
    case "const":
      return `must be ${show(error.params.allowedValue)}; ${got}`;
    case "pattern": {
      const expected = (error.parentSchema as { "x-expected"?: string } | undefined)?.["x-expected"];
      return `must be ${expected ?? `text that matches ${error.params.pattern}`}; ${got}`;
    }
    default:
      return `${error.message ?? "is invalid"}; ${got}`;
  }
}

/** A value in an error message: short, and never a whole body. */
function show(value: unknown): string {
  // A number such as 1e400 is Infinity here, which JSON would write as null.
  const text =
    typeof value === "string" ? `'${value}'` : typeof value === "number" ? `${value}` : JSON.stringify(value);
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}
