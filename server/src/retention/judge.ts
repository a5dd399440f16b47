import { type KeepReason, keepReasons, organizationPrn } from "@open-peridio/contract";
import { type Kysely, sql } from "kysely";
import type { ArtifactRow, BinaryRow, RetentionRuleRow, Tables } from "../database/tables.ts";
import { timestamp } from "../database/time.ts";

const aDay = 86_400_000;

/** A verified binary of the artifact, with 1 for each reason to keep it, and 1 for any of them. */
export type Judged = Pick<
  BinaryRow,
  "id" | "inserted_at" | "artifact_version_id" | "target" | "state" | "archived_at"
> & { size: number; version: string; kept: 0 | 1 } & Record<KeepReason, 0 | 1>;

type Artifact = Pick<ArtifactRow, "hold_until">;

/**
 * What a rule says of each binary, as something to select from by the name `judged`. What devices are sent and what is held is
 * kept by every rule.
 */
export function judged(db: Kysely<Tables>, rule: RetentionRuleRow, artifact: Artifact, at: Date) {
  const now = timestamp(at);
  const { organization_id: organization, artifact_id } = rule;
  const yes = (condition: ReturnType<typeof sql>) => sql`case when ${condition} then 1 else 0 end`;
  const no = sql`1 = 0`;
  const prefix = (type: string) => `${organizationPrn(organization)}:${type}:`;
  const inBundle = (more: ReturnType<typeof sql>) => sql`exists (
    select 1 from bundle_binaries m
    where m.organization_id = b.organization_id and m.binary_id = b.id and ${more})`;
  const releases = (more: ReturnType<typeof sql>) => sql`exists (
    select 1 from releases r
    where r.organization_id = m.organization_id and r.bundle_id = m.bundle_id and ${more})`;
  const devices = (column: string, prn: ReturnType<typeof sql>) => sql`exists (
    select 1 from devices d where d.organization_id = m.organization_id and ${sql.ref(`d.${column}`)} = ${prn})`;
  const open = sql`exists (
    select 1 from bundle_overrides o
    where o.organization_id = m.organization_id and o.bundle_id = m.bundle_id and (o.ends_at is null or o.ends_at > ${now}))`;
  const reported = sql`(
    ${devices("reported_bundle_prn", sql`${prefix("bundle")} || m.bundle_id`)}
    or ${releases(devices("reported_release_prn", sql`${prefix("release")} || r.id`))})`;

  const reasons: Record<KeepReason, ReturnType<typeof sql>> = {
    last: rule.keep_last === null ? no : sql`b.place <= ${rule.keep_last}`,
    young: rule.keep_days === null ? no : sql`b.inserted_at > ${timestamp(daysBefore(at, rule.keep_days))}`,
    reported: rule.keep_reported ? inBundle(reported) : no,
    released: rule.keep_released ? inBundle(releases(sql`1 = 1`)) : no,
    sent: inBundle(sql`(${releases(sql`r.disabled = 0`)} or ${open})`),
    held: artifact.hold_until !== null && artifact.hold_until > now ? sql`1 = 1` : sql`b.hold_until > ${now}`,
    archived: rule.action === "archive" ? sql`b.archived_at is not null` : no,
  };
  const columns = keepReasons.map((reason) => sql`${yes(reasons[reason])} as ${sql.ref(reason)}`);
  const any = sql.join(
    keepReasons.map((reason) => sql.ref(`j.${reason}`)),
    sql` + `,
  );
  const rows = sql<Judged>`(
    select j.*, case when ${any} > 0 then 1 else 0 end as kept from (
      select b.id, b.inserted_at, b.artifact_version_id, b.target, b.state, b.archived_at, b.size, b.version,
        ${sql.join(columns)}
      from (
        select c.*, v.version,
          row_number() over (partition by c.target order by c.inserted_at desc, c.id desc) as place
        from artifact_versions v
        join binaries c on c.organization_id = v.organization_id and c.artifact_version_id = v.id
        where v.organization_id = ${organization} and v.artifact_id = ${artifact_id} and c.state in ('signable', 'signed')
      ) b
    ) j
  )`.as("judged");
  return db.selectFrom(rows);
}

const daysBefore = (at: Date, days: number) => new Date(at.getTime() - days * aDay);
