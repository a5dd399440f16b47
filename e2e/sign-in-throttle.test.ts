import { describe, expect, it } from "vitest";
import { startTestServer } from "./server.ts";
import { openBrowser } from "./support/person.ts";
import { until } from "./support/until.ts";

describe("signing in", () => {
  it("is slowed down for who guesses, and open again for who knows after a pause", async () => {
    const [email, password] = ["admin@example.com", "analytical engine no 1"];
    const server = await startTestServer({
      PERIDIO_BOOTSTRAP_ADMIN_EMAIL: email,
      PERIDIO_BOOTSTRAP_ADMIN_PASSWORD: password,
    });
    const guesses = await Promise.all(
      Array.from({ length: 50 }, (_, number) => openBrowser(server.url).signIn(email, `guess number ${number}`)),
    );
    const looked = guesses.filter(({ status }) => status === 401);
    // Five, and one for each pause that has passed meanwhile.
    expect(looked.length).toBeLessThanOrEqual(9);
    const refused = guesses.filter(({ status }) => status === 429);
    expect(refused.length).toBe(50 - looked.length);
    expect(refused[0]!.body.errors.detail).toContain("too_many_requests");
    expect(Number(refused[0]!.headers.get("retry-after"))).toBeGreaterThanOrEqual(1);
    await until("a long pause", async () => {
      const guess = await openBrowser(server.url).signIn(email, "one more guess");
      return Number(guess.headers.get("retry-after")) >= 4;
    });
    // Not even the right password is looked at during the pause.
    expect((await openBrowser(server.url).signIn(email, password)).status).toBe(429);
    const back = await until("the end of the pause", async () => {
      const answer = await openBrowser(server.url).signIn(email, password);
      return answer.status === 200 ? answer : null;
    });
    expect((back as { status: number }).status).toBe(200);
    // And forgotten.
    expect((await openBrowser(server.url).signIn(email, "one mistake")).status).toBe(401);
    expect((await openBrowser(server.url).signIn(email, password)).status).toBe(200);
    await server.stop();
  });

  it("is slowed down by address too, whoever's account is tried", async () => {
    const other = await startTestServer();
    const guess = (number: number) => openBrowser(other.url).signIn(`guess${number}@example.com`, "some password");
    const answers = await Promise.all(Array.from({ length: 80 }, (_, number) => guess(number)));
    const looked = answers.filter(({ status }) => status === 401).length;
    expect(looked).toBeGreaterThanOrEqual(50);
    expect(looked).toBeLessThan(60);
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(80 - looked);
    // A restart forgets nothing.
    await until("a long pause", async () => Number((await guess(0)).headers.get("retry-after")) >= 8);
    await other.kill();
    await other.start();
    expect((await guess(1)).status).toBe(429);
    await other.stop();
  });
});
