import { Plus, UserCog, UserMinus } from "lucide-react";
import { useState } from "react";
import type { Resources } from "../../api/resources.ts";
import { useSession } from "../../session/session.ts";
import { Button, IconButton } from "../../ui/button.tsx";
import { Card } from "../../ui/card.tsx";
import { PageHeader } from "../../ui/page-header.tsx";
import { StateBadge } from "../../ui/state-badge.tsx";
import { type Column, Table } from "../../ui/table.tsx";
import { When } from "../../ui/when.tsx";
import { ChangeRole } from "./change-role.tsx";
import { Invitations } from "./invitations.tsx";
import { Invite } from "./invite.tsx";
import { RemovePerson } from "./remove.tsx";

type Person = Resources["org_users"];

/** Who belongs to the organization, and who was invited. The page is for admins alone. */
export function People() {
  const { email: own } = useSession();
  const [inviting, setInviting] = useState(false);
  const [opened, setOpened] = useState<{ person: Person; action: "role" | "remove" } | null>(null);
  const close = () => setOpened(null);
  const columns: Column<Person>[] = [
    {
      header: "E-mail",
      cell: ({ email }) => (
        <>
          {email}
          {email === own && <span className="ml-2 text-xs font-normal text-faint">you</span>}
        </>
      ),
    },
    { header: "User name", cell: ({ username }) => username, from: "lg" },
    { header: "Role", cell: ({ role }) => <StateBadge state={role} /> },
    { header: "Second factor", cell: ({ has_totp }) => (has_totp ? "yes" : "no"), from: "md" },
    { header: "Since", cell: ({ inserted_at }) => <When time={inserted_at} />, ordered: true, from: "md" },
    {
      header: "Actions",
      figures: true,
      cell: (person) => (
        <span className="inline-flex">
          <IconButton
            label={`Change the role of ${person.email}`}
            onClick={() => setOpened({ person, action: "role" })}
          >
            <UserCog />
          </IconButton>
          <IconButton label={`Remove ${person.email}`} onClick={() => setOpened({ person, action: "remove" })}>
            <UserMinus />
          </IconButton>
        </span>
      ),
    },
  ];
  return (
    <>
      <PageHeader
        title="People"
        actions={
          <Button look="primary" data-create="" onClick={() => setInviting(true)}>
            <Plus />
            Invite
          </Button>
        }
      />
      <div className="flex flex-col gap-4">
        <Card flush>
          <Table
            resource="org_users"
            columns={columns}
            wordsIn="email"
            empty={<p className="p-4 text-sm text-muted">Nobody yet: people sign in here, programs use API keys.</p>}
          />
        </Card>
        <Invitations />
      </div>
      {inviting && <Invite onClose={() => setInviting(false)} />}
      {opened?.action === "role" && <ChangeRole person={opened.person} onClose={close} />}
      {opened?.action === "remove" && <RemovePerson person={opened.person} onClose={close} />}
    </>
  );
}
