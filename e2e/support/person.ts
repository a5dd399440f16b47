import type { Answer } from "../api.ts";

/** A browser of a person: keeps cookies, and says which page it is on. */
export interface Browser {
  ask(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>;
  signIn(email: string, password: string, otp?: string): Promise<Answer>;
  /** Name → value. */
  cookies: Map<string, string>;
  /** The last `set-cookie` headers. */
  setCookies: string[];
}

export function openBrowser(url: string): Browser {
  const cookies = new Map<string, string>();
  const browser: Browser = {
    cookies,
    setCookies: [],
    async ask(method, path, body, headers = {}) {
      const answer = await fetch(path.startsWith("http") ? path : url + path, {
        method,
        redirect: "manual",
        headers: {
          origin: url,
          ...(cookies.size > 0 && { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join("; ") }),
          ...(body !== undefined && { "content-type": "application/json" }),
          ...headers,
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
      const set = answer.headers.getSetCookie();
      if (set.length > 0) browser.setCookies = set;
      for (const line of set) {
        const [pair] = line.split(";") as [string];
        const at = pair.indexOf("=");
        if (line.includes("Max-Age=0")) cookies.delete(pair.slice(0, at));
        else cookies.set(pair.slice(0, at), pair.slice(at + 1));
      }
      const text = await answer.text();
      const isJson = answer.headers.get("content-type")?.startsWith("application/json") === true;
      return { status: answer.status, body: isJson ? JSON.parse(text) : text, headers: answer.headers };
    },
    signIn: (email, password, otp) =>
      browser.ask("POST", "/users/auth", { email, password, ...(otp !== undefined && { otp }) }),
  };
  return browser;
}
