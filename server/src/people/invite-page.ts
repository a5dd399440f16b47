import { createHash } from "node:crypto";
import { maxPasswordLength, minPasswordLength } from "@open-peridio/contract";
import type { FastifyInstance } from "fastify";

const script = `
const form = document.querySelector("form"), says = document.querySelector("output");
form.addEventListener("submit", async (event) => {
  event.preventDefault();
  says.textContent = "One moment …";
  const fields = Object.fromEntries([...new FormData(form)].filter(([, value]) => value !== ""));
  const body = JSON.stringify({ ...fields, token: location.hash.slice(1) });
  const answer = await fetch("/invitations/accept", { method: "POST", headers: { "content-type": "application/json" }, body })
    .catch(() => null);
  if (answer?.ok) return location.assign("/");
  const errors = (await answer?.json().catch(() => null))?.errors;
  says.textContent = !errors ? "The server can't be reached; try again."
    : errors.detail ?? Object.entries(errors).map(([field, texts]) => (field === "token" ? "this link" : field) + " " + texts.join(", ")).join("; ");
});`;

const style = `
:root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif; }
body { max-width: 24rem; margin: 10vh auto; padding: 0 1rem; }
label { display: block; margin: 1rem 0 0.25rem; }
input, button { font: inherit; width: 100%; box-sizing: border-box; padding: 0.5rem; }
button { margin-top: 1.5rem; }
output { display: block; margin-top: 1rem; min-height: 3em; }`;

const page = `<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Accept your invitation</title><style>${style}</style>
<h1>Accept your invitation</h1>
<p>Choose how you sign in. If you have an account on this server, give only its password; while you are signed in, not even that.</p>
<form>
<label for="username">User name</label>
<input id="username" name="username" autocomplete="username" maxlength="64" autofocus>
<label for="password">Password, at least ${minPasswordLength} characters</label>
<input id="password" name="password" type="password" autocomplete="new-password" minlength="${minPasswordLength}" maxlength="${maxPasswordLength}">
<label for="otp">Code of your authenticator, if your account has one</label>
<input id="otp" name="otp" autocomplete="one-time-code" maxlength="32">
<button>Accept</button>
<output role="status"></output>
</form>
<script>${script}</script></html>
`;

const digest = (text: string): string => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
const policy = [
  "default-src 'none'",
  `script-src ${digest(script)}`,
  `style-src ${digest(style)}`,
  "connect-src 'self'",
  "form-action 'none'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join("; ");

/** Where an invitation's link leads. The token is behind the '#', so only the page's own script sees it. */
export function invitePage(app: FastifyInstance): void {
  app.get("/invite", async (_request, reply) =>
    reply
      .headers({ "content-security-policy": policy, "cache-control": "no-store" })
      .type("text/html; charset=utf-8")
      .send(page),
  );
}
