import { FieldProblem, type Values } from "../../ui/form.tsx";
import type { Credential, StoreKind } from "./kinds.ts";

/** How the field of an option is called. */
export const optionField = (name: string): string => `option ${name}`;

/** The address that the fields make up, as far as they are filled in. */
export function addressOf({ scheme, container, options, more }: StoreKind, values: Values): string {
  const given = [...options, ...more].flatMap(({ name }) => {
    const value = values[optionField(name)];
    return value === undefined
      ? []
      : [`${name}=${encodeURIComponent(value).replaceAll(/%3A|%2F/g, decodeURIComponent)}`];
  });
  const prefix = values.prefix?.replaceAll(/^\/+|\/+$/g, "");
  const place = `${values.container ?? container.toUpperCase()}${prefix ? `/${prefix}` : ""}`;
  return `${scheme}://${place}${given.length > 0 ? `?${given.join("&")}` : ""}`;
}

/** @throws FieldProblem for one that is missing */
export function requireAddress(kind: StoreKind, values: Values): string {
  if (values.container === undefined) throw new FieldProblem("container", "is required");
  for (const { name } of kind.options) {
    if (values[optionField(name)] === undefined && name !== "region") {
      throw new FieldProblem(optionField(name), "is required");
    }
  }
  return addressOf(kind, values);
}

/** What was typed of the credentials. @throws FieldProblem when one of them is missing */
export function readCredentials(wanted: Credential[], values: Values): Partial<Record<Credential["name"], string>> {
  const missing = wanted.find(({ name }) => values[name] === undefined);
  if (missing) throw new FieldProblem(missing.name, "is required");
  return Object.fromEntries(wanted.map(({ name }) => [name, values[name]!.trim()]));
}

/** The options of a command that give the credentials: secrets from files, never within the line. */
export function credentialOptions(wanted: Credential[], values: Values): string {
  return wanted
    .map(({ name, secret }) => {
      const option = name.replaceAll("_", "-");
      return ` --${option} ${secret ? "@secret.txt" : (values[name] ?? "ID")}`;
    })
    .join("");
}
