import { randomBytes, scrypt, timingSafeEqual } from "node:crypto";
import { ApiError, invalid } from "@open-peridio/contract";

/** scrypt with 64 MiB, as OWASP's cheat sheet on password storage advises; in Node itself, and stable there. */
const cost = { N: 2 ** 16, r: 8, p: 2 };
const keyBytes = 32;
const saltBytes = 16;

/** How many are computed at once: each takes its memory and one of the few threads that files need too. */
const atOnce = 2;
/** How many may wait for their turn. */
const mostWaiting = 100;
let running = 0;
const waiting: (() => void)[] = [];

/** Waits until one more may be computed. @throws ApiError 503 when too many wait already */
async function turn(): Promise<void> {
  if (running < atOnce) {
    running++;
    return;
  }
  if (waiting.length >= mostWaiting) {
    throw new ApiError("unavailable", "too many people sign in at once; try again in a few seconds", {
      headers: { "retry-after": "5" },
    });
  }
  await new Promise<void>((resolve) => waiting.push(resolve));
}

async function derive(password: string, salt: Buffer, { N, r, p } = cost): Promise<Buffer> {
  const options = { N, r, p, maxmem: 2 * 128 * N * r };
  await turn();
  try {
    return await new Promise((resolve, reject) =>
      scrypt(password.normalize("NFKC"), salt, keyBytes, options, (error, key) =>
        error ? reject(error) : resolve(key),
      ),
    );
  } finally {
    // Whoever waited takes this turn over, so the number stays.
    const next = waiting.shift();
    if (next) next();
    else running--;
  }
}

/** `scrypt$N$r$p$salt$key`, the last two in base64. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(saltBytes);
  const key = await derive(password, salt);
  return ["scrypt", cost.N, cost.r, cost.p, salt.toString("base64"), key.toString("base64")].join("$");
}

/** Stands in for the hash of an account that there isn't, so that the answer takes as long. */
const nobody = `scrypt$${cost.N}$${cost.r}$${cost.p}$${Buffer.alloc(saltBytes).toString("base64")}$${Buffer.alloc(keyBytes).toString("base64")}`;

/** Takes as long whether or not there is a hash. */
export async function isPassword(password: string, hash: string | null): Promise<boolean> {
  const [, N, r, p, salt, key] = (hash ?? nobody).split("$");
  // At the cost that it was made with: a later version may ask for more.
  const derived = await derive(password, Buffer.from(salt!, "base64"), { N: Number(N), r: Number(r), p: Number(p) });
  return timingSafeEqual(derived, Buffer.from(key!, "base64")) && hash !== null;
}

/** @throws ApiError 422 on `field` for a password that others would try first */
export function requireGoodPassword(
  field: string,
  password: string,
  person: { email: string; username: string },
): void {
  const plain = password.toLowerCase();
  const known = [person.email, person.username, person.email.split("@")[0]!].map((text) => text.toLowerCase());
  const rest = known.reduce((text, word) => (word.length > 2 ? text.replaceAll(word, "") : text), plain);
  if (new Set(plain).size < 5) throw invalid(field, "must have at least 5 different characters");
  if (rest.length < 6) throw invalid(field, "must be more than your e-mail address or user name");
  if (common.some((word) => rest.replaceAll(/[\d\W_]/g, "") === word)) {
    throw invalid(field, "is one that is tried first; take a few words that don't belong together");
  }
}

/** What is left of the most common passwords without digits and signs. */
const common = ["password", "passwort", "passwordpassword", "qwerty", "qwertyuiop", "letmein", "welcome", "admin"];
common.push("administrator", "changeme", "iloveyou", "abcdefghijkl", "abcdefghijklm", "secret", "peridio");
