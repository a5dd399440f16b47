import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { Pencil, Trash2 } from "lucide-react";
import { useState } from "react";
import { change, oneOf } from "../../api/queries.ts";
import { queryClient } from "../../api/query-client.ts";
import type { Resources } from "../../api/resources.ts";
import { useMay } from "../../session/session.ts";
import { usePrn } from "../../session/use-prn.ts";
import { Button, IconButton } from "../../ui/button.tsx";
import { Card, Fact, Facts } from "../../ui/card.tsx";
import { CliHint } from "../../ui/cli-hint.tsx";
import { Confirm } from "../../ui/confirm.tsx";
import { Hash, Prn } from "../../ui/copy.tsx";
import { Loaded } from "../../ui/loaded.tsx";
import { NamedLink } from "../../ui/named-link.tsx";
import { PageHeader } from "../../ui/page-header.tsx";
import { StateBadge } from "../../ui/state-badge.tsx";
import { ThingLink } from "../../ui/thing-link.tsx";
import { When } from "../../ui/when.tsx";
import { EditAuthority } from "./edit.tsx";
import { nameOf } from "./name-of.ts";

type Authority = Resources["ca_certificates"];

export function AuthorityPage() {
  const prn = usePrn("ca_certificate");
  const query = useQuery(oneOf("ca_certificates", prn));
  return <Loaded query={query}>{(authority) => <Page authority={authority} />}</Loaded>;
}

function Page({ authority }: { authority: Authority }) {
  const { prn, description, not_before, not_after, serial, fingerprint, jitp, inserted_at } = authority;
  const mayWrite = useMay("devices:write");
  const [opened, setOpened] = useState<"edit" | "delete" | null>(null);
  const close = () => setOpened(null);
  const isExpired = Date.parse(not_after) <= Date.now();
  return (
    <>
      <PageHeader
        title={nameOf(authority)}
        trail={[{ label: "Authorities", to: "/authorities" }]}
        badge={<StateBadge state={isExpired ? "expired" : "active"} />}
        actions={
          mayWrite && (
            <>
              <IconButton label="Delete" onClick={() => setOpened("delete")}>
                <Trash2 />
              </IconButton>
              <Button data-edit="" onClick={() => setOpened("edit")}>
                <Pencil />
                Edit
              </Button>
            </>
          )
        }
      >
        {description && <span className="w-full">{description}</span>}
        <Prn prn={prn} />
        <span>
          registered <When time={inserted_at} />
        </span>
      </PageHeader>
      <div className="grid items-start gap-4 lg:grid-cols-2">
        <Card title="Devices that it brings">
          {jitp === null ? (
            <p className="text-sm text-muted">
              None: who shows a certificate of it is turned away, unless that certificate is registered for a device.
              {mayWrite && " Edit it to have devices created at their first contact."}
            </p>
          ) : (
            <Facts>
              <Fact name="Product">
                <ThingLink prn={jitp.product_prn} name={jitp.product_name} />
              </Fact>
              <Fact name="Cohort">
                <NamedLink resource="cohorts" prn={jitp.cohort_prn} />
              </Fact>
              <Fact name="Tags">{jitp.tags?.join(", ") || "–"}</Fact>
              <Fact name="Target">{jitp.target ?? "–"}</Fact>
              <Fact name="Description">{jitp.description ?? "–"}</Fact>
              <Fact name="Second certificate">
                {jitp.allow_second_certificate ? "added to a device that is there" : "turned away"}
              </Fact>
            </Facts>
          )}
        </Card>
        <Card title="Certificate">
          <Facts>
            <Fact name="Valid from">
              <When time={not_before} />
            </Fact>
            <Fact name="Valid until">
              <When time={not_after} />
            </Fact>
            <Fact name="Serial">
              <code className="font-mono text-xs">{serial}</code>
            </Fact>
            <Fact name="Fingerprint">
              <Hash hash={fingerprint} />
            </Fact>
          </Facts>
        </Card>
      </div>
      <div className="mt-4">
        <CliHint command={`npx peridio ca-certificates get --prn ${prn}`} />
      </div>
      {opened === "edit" && <EditAuthority authority={authority} onClose={close} />}
      {opened === "delete" && <DeleteAuthority authority={authority} onClose={close} />}
    </>
  );
}

function DeleteAuthority({ authority, onClose }: { authority: Authority; onClose: () => void }) {
  const navigate = useNavigate();
  const { prn } = authority;
  return (
    <Confirm
      title="Delete the authority"
      action="Delete the authority"
      name={nameOf(authority)}
      consequences={[
        "It brings no more devices: new ones of its line are turned away at their first contact.",
        "Devices that came by it stay, and go on.",
        "To have it again, it must be registered anew, with a new verification code.",
      ]}
      command={`npx peridio ca-certificates delete --prn ${prn}`}
      onConfirm={async () => {
        await change("DELETE", "ca_certificates", prn);
        await navigate({ to: "/authorities" });
        await queryClient.invalidateQueries({ queryKey: ["ca_certificates"] });
      }}
      onClose={onClose}
    />
  );
}
