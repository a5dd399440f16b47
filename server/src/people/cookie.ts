import type { FastifyReply, FastifyRequest } from "fastify";

/** Over https the name itself makes browsers demand Secure, no domain and the path `/` (RFC 6265bis § 4.1.3.2). */
function nameFor(request: FastifyRequest, name: string): string {
  return request.protocol === "https" ? `__Host-${name}` : name;
}

/** The value of a cookie; null when it isn't sent. */
export function readCookie(request: FastifyRequest, name: string): string | null {
  const wanted = `${nameFor(request, name)}=`;
  const pair = request.headers.cookie?.split(";").find((each) => each.trim().startsWith(wanted));
  return pair ? pair.trim().slice(wanted.length) : null;
}

/** Sets a cookie that no script can read and no other site's form sends; `seconds` of 0 takes it away. */
export function setCookie(
  request: FastifyRequest,
  reply: FastifyReply,
  name: string,
  value: string,
  seconds: number,
): void {
  const secure = request.protocol === "https" ? "; Secure" : "";
  const attributes = `Path=/; HttpOnly; SameSite=Lax; Max-Age=${seconds}${secure}`;
  // Fastify sends each of several `set-cookie` headers.
  reply.header("set-cookie", `${nameFor(request, name)}=${value}; ${attributes}`);
}
