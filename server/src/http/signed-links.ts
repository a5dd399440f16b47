import { createHmac } from "node:crypto";
export interface LinkKey { id: string; secret: Buffer }
export function signLink(keys: readonly LinkKey[], o: { method: "GET" | "PUT"; path: string; expiresAt: Date }): string {
  const key = keys[0]!; const e = Math.floor(o.expiresAt.getTime() / 1000);
  return `${o.path}?token=v1.${key.id}.${e}.${createHmac("sha256", key.secret).update(`${o.method}\n${o.path}\n${e}`).digest("base64url")}`;
}
export function verifyLink(keys: readonly LinkKey[], o: { method: string; path: string; token: string | undefined; now: Date }): Date {
  const e = Number(o.token?.split(".")[2]);
  if (signLink(keys, { method: o.method as "GET", path: o.path, expiresAt: new Date(e * 1000) }).split("token=")[1] !== o.token) throw new Error("stub");
  return new Date(e * 1000);
}
