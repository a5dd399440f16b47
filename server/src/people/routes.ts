import * as contract from "@open-peridio/contract";
import type { FastifyInstance } from "fastify";
import { describeCaller } from "../accounts/api-keys.ts";
import { originOf } from "../http/origin.ts";
import { serve } from "../http/serve.ts";
import type { Platform } from "../platform.ts";
import { knownOrigins, refuseOtherSites } from "./csrf.ts";
import * as invitations from "./invitations.ts";
import { invitePage } from "./invite-page.ts";
import * as members from "./members.ts";
import { oidcRoutes } from "./oidc.ts";
import * as factor from "./second-factor.ts";
import * as sessions from "./sessions.ts";
import { changePassword, signIn } from "./sign-in.ts";
import { describePerson, membershipsOf, userById } from "./users.ts";

export function peopleRoutes(app: FastifyInstance, platform: Platform): void {
  const { db } = platform;

  serve(app, contract.getMe, async ({ principal }) => {
    if (principal.userId === null) return { data: describeCaller(principal) };
    return { data: describePerson(await userById(db, principal.userId), principal.organizationId) };
  });
  serve(app, contract.authenticateUser, async ({ body, request, reply }) => {
    refuseOtherSites(request, knownOrigins(platform.config.publicUrl));
    return { data: await signIn(platform, { request, reply }, body) };
  });
  serve(app, contract.signOut, async ({ principal, request, reply }) => {
    await sessions.endSession(platform, principal, { request, reply });
  });
  serve(app, contract.listSessions, async ({ principal }) => ({
    sessions: await sessions.listSessions(platform, principal),
  }));
  serve(app, contract.revokeSession, async ({ principal, params }) => {
    await sessions.revokeSession(platform, principal, params.id);
  });
  serve(app, contract.changePassword, async ({ principal, body }) => {
    await changePassword(platform, principal, body);
  });
  serve(app, contract.enrolTotp, async ({ principal, body }) => ({
    totp: await factor.enrolTotp(platform, principal, body.password),
  }));
  serve(app, contract.confirmTotp, async ({ principal, body }) => ({
    recovery_codes: await factor.confirmTotp(platform, principal, body.otp),
  }));
  serve(app, contract.disableTotp, async ({ principal, body }) => {
    await factor.disableTotp(platform, principal, body.password);
  });
  serve(app, contract.listMemberships, async ({ principal }) => {
    const rows = await membershipsOf(db, principal.userId!);
    return {
      organizations: rows.map(({ organization_id, name, role }) => ({
        organization_prn: contract.organizationPrn(organization_id),
        name,
        role,
        current: organization_id === principal.organizationId,
      })),
    };
  });
  serve(app, contract.switchOrganization, async ({ principal, body }) => {
    const id = await sessions.switchOrganization(platform, principal, body.organization_prn);
    return { data: describePerson(await userById(db, principal.userId!), id) };
  });

  serve(app, contract.listOrgUsers, async ({ principal, query }) => {
    const { items, nextPage } = await members.listMembers(platform, principal, query);
    return { org_users: items, next_page: nextPage };
  });
  serve(app, contract.getOrgUser, async ({ principal, params }) => ({
    org_user: await members.getMember(platform, principal, params.prn),
  }));
  serve(app, contract.updateOrgUser, async ({ principal, params, body }) => ({
    org_user: await members.changeRole(platform, principal, params.prn, body.role),
  }));
  serve(app, contract.deleteOrgUser, async ({ principal, params }) => {
    await members.removeMember(platform, principal, params.prn);
  });

  serve(app, contract.createInvitation, async ({ principal, body, request }) => ({
    invitation: await invitations.createInvitation(
      platform,
      principal,
      body,
      platform.config.publicUrl || (originOf(request) ?? ""),
    ),
  }));
  serve(app, contract.listInvitations, async ({ principal, query }) => {
    const { items, nextPage } = await invitations.listInvitations(platform, principal, query);
    return { invitations: items, next_page: nextPage };
  });
  serve(app, contract.getInvitation, async ({ principal, params }) => ({
    invitation: await invitations.getInvitation(platform, principal, params.prn),
  }));
  serve(app, contract.deleteInvitation, async ({ principal, params }) => {
    await invitations.deleteInvitation(platform, principal, params.prn);
  });
  serve(app, contract.acceptInvitation, async ({ body, request, reply }) => {
    refuseOtherSites(request, knownOrigins(platform.config.publicUrl));
    return { data: await invitations.acceptInvitation(platform, { request, reply }, body) };
  });

  oidcRoutes(app, platform);
  invitePage(app);
}
