/** The reference of the read bench: a Fastify server with one route that returns the JSON given as its argument. */
import fastify from "fastify";

const [port, json] = process.argv.slice(2);
const body = JSON.parse(json!) as unknown;
const app = fastify();
app.get("/binaries/:prn", async () => body);
await app.listen({ port: Number(port), host: "127.0.0.1" });
