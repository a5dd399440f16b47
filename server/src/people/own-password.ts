import { invalid } from "@open-peridio/contract";
import type { UserRow } from "../database/tables.ts";
import type { Principal } from "../http/principal.ts";
import type { Platform } from "../platform.ts";
import { isPassword } from "./passwords.ts";
import { beginAttempt } from "./throttle.ts";
import { userById } from "./users.ts";

/** The caller's account, once the password was shown again. @throws ApiError 422 on `field`, 429 */
export async function requireOwnPassword(
  { db, clock }: Platform,
  principal: Principal,
  field: string,
  password: string,
): Promise<UserRow> {
  const user = await userById(db, principal.userId!);
  const attempt = await beginAttempt(db, clock.now(), { account: user.id, address: principal.origin.address });
  if (!(await isPassword(password, user.password_hash))) throw invalid(field, "is not your password");
  await attempt.succeeded();
  return user;
}
