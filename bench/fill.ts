import type { TestServer } from "../e2e/server.ts";
import { change, query } from "../e2e/support/query.ts";

/** Any 64 digits that differ. */
export const hashOf = (number: number): string => String(number).padStart(64, "0");
const hashSql = (postgres: boolean): string => (postgres ? "lpad(n::text, 64, '0')" : "printf('%064d', n)");
/** UUID of the version that holds a binary, by the binary's number. */
export const versionOf = (number: number): string =>
  `00000000-0000-7000-8000-${String(Math.floor(number / 100)).padStart(12, "0")}`;

/** Rows `from` to `to`, past the API: a hundred binaries a version, of every state, spread over a year. */
export function fillBinaries(server: TestServer, organization: string, from: number, to: number): void {
  const postgres = server.databaseUrl !== null;
  const numbers = (low: number, high: number) =>
    postgres
      ? `generate_series(${low}, ${high - 1}) as numbers(n)`
      : `(with recursive r(n) as (select ${low} union all select n + 1 from r where n < ${high - 1}) select n from r) as numbers`;
  const padded = (number: string) => (postgres ? `lpad((${number})::text, 12, '0')` : `printf('%012d', ${number})`);
  const at = postgres
    ? `to_char(timestamp '2026-01-01' + n * interval '31 seconds', 'YYYY-MM-DD"T"HH24:MI:SS".000000Z"')`
    : `strftime('%Y-%m-%dT%H:%M:%S.000000Z', '2026-01-01', '+' || (n * 31) || ' seconds')`;
  const [artifact] = query<{ id: string }>(server, "select id from artifacts limit 1");
  change(
    server,
    `insert into artifact_versions (organization_id, id, artifact_id, version, inserted_at, updated_at)
      select '${organization}', '00000000-0000-7000-8000-' || ${padded("n")}, '${artifact!.id}', 'v' || n, '2026-01-01', '2026-01-01'
      from ${numbers(from / 100, to / 100)}`,
  );
  change(
    server,
    `insert into binaries (organization_id, id, artifact_version_id, target, hash, size, state, revision, description,
        custom_metadata, inserted_at, updated_at)
      select '${organization}', '00000000-0000-7000-9000-' || ${padded("n")}, '00000000-0000-7000-8000-' || ${padded("n / 100")},
        'arm-' || (n % 100) || '-linux', ${hashSql(postgres)}, n,
        case when n % 1000 = 0 then 'uploadable' when n % 10 = 0 then 'signable' else 'signed' end, 0,
        'build ' || n, '{"build":' || (n % 1000) || ',"branch":"main"}', ${at}, '2026-01-01'
      from ${numbers(from, to)}`,
  );
  if (postgres) change(server, "analyze");
}
