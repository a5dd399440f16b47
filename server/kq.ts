import { openDatabase } from "./src/database/open.ts";
import { prepared } from "./src/database/prepared.ts";
import { sql } from "kysely";
const db = await openDatabase("sqlite:/tmp/d1/peridio.db");
const q = prepared((db, hash: string) => db.selectFrom("api_keys").select(["organization_id", "id", "name", "scopes", "expires_at", "revoked_at"]).where("value_hash", "=", hash));
const h = "abc";
async function T(n: string, f: () => Promise<unknown>, c: number) { const N = 20000; await Promise.all(Array.from({ length: c }, async () => { for (let i = 0; i < 200; i++) await f(); })); const t = performance.now(); await Promise.all(Array.from({ length: c }, async () => { for (let i = 0; i < N / c; i++) await f(); })); console.log(n, c, ((performance.now() - t) / N * 1000).toFixed(1), "us"); }
for (const c of [1, 32]) { await T("prepared", () => q(db, h), c); await T("kysely built", () => db.selectFrom("api_keys").select(["organization_id"]).where("value_hash", "=", h).execute(), c); await T("select 1", () => sql`select 1`.execute(db), c); }
process.exit();
