import { useSession } from "../../session/session.ts";
import { Card, Fact, Facts } from "../../ui/card.tsx";
import { PageHeader } from "../../ui/page-header.tsx";
import { meaningOf } from "../people/roles.ts";
import { Password } from "./password.tsx";
import { SecondFactor } from "./second-factor.tsx";
import { Sessions } from "./sessions.tsx";

/** What everybody manages alone: one's own password, second factor and sessions. */
export function AccountPage() {
  const session = useSession();
  return (
    <>
      <PageHeader title="Your account">
        <span>{session.email}</span>
      </PageHeader>
      <div className="flex flex-col gap-4">
        <div className="grid items-start gap-4 lg:grid-cols-2">
          <Card title="About">
            <Facts>
              <Fact name="User name">{session.username}</Fact>
              <Fact name="Organization">{session.organizationName}</Fact>
              <Fact name="Role">
                {session.role}
                <span className="mt-0.5 block text-xs text-muted">{meaningOf(session.role)}</span>
              </Fact>
            </Facts>
          </Card>
          <SecondFactor />
        </div>
        <Sessions />
        <Password />
      </div>
    </>
  );
}
