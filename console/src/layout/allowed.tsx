import { allows, roles } from "@open-peridio/contract/scopes";
import { useLocation } from "@tanstack/react-router";
import { Lock } from "lucide-react";
import type { ReactNode } from "react";
import { useSession } from "../session/session.ts";
import { ButtonLink } from "../ui/button.tsx";
import { Empty } from "../ui/empty.tsx";
import { PageHeader } from "../ui/page-header.tsx";
import { places } from "./navigation.ts";

/** A page, for whose role opens it; the others are told so before anything is asked and refused. */
export function Allowed({ children }: { children: ReactNode }) {
  const { role } = useSession();
  const { pathname } = useLocation();
  const place = places.find(({ to }) => to !== "/" && (pathname === to || pathname.startsWith(`${to}/`)));
  if (place?.scope === undefined || allows(roles[role], place.scope)) return children;
  return (
    <>
      <PageHeader title={place.label} />
      <Empty
        title="This page isn't for your role"
        icon={<Lock />}
        action={<ButtonLink to="/account">Your account</ButtonLink>}
      >
        You are {role} here, which doesn't include {place.scope}. An admin of the organization can give you another
        role.
      </Empty>
    </>
  );
}
