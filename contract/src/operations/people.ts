import { Type } from "typebox";
import { PrnParams } from "../schemas/common.ts";
import { Me } from "../schemas/organization.ts";
import {
  AcceptInvitation,
  ChangePassword,
  ConfirmCode,
  ConfirmPassword,
  CreatedInvitation,
  CreateInvitation,
  Invitation,
  Membership,
  OrgUser,
  Session,
  SessionParams,
  SignIn,
  SwitchOrganization,
  TotpSecret,
  UpdateOrgUser,
} from "../schemas/person.ts";
import { getOperation, listOperation, oneOf, operation } from "./operation.ts";

const tag = "Users";

export const authenticateUser = operation({
  id: "authenticate-a-user",
  method: "POST",
  path: "/users/auth",
  tag,
  summary: "Sign in",
  description:
    "With `email` or `username`, and `otp` where a second factor is set up. The session is a cookie. After several " +
    "failures the answer is 429, with growing pauses.",
  body: SignIn,
  status: 200,
  response: Type.Object({ data: Me }),
});

export const signOut = operation({
  id: "sign-out",
  method: "POST",
  path: "/users/sign_out",
  tag,
  summary: "End this session",
  status: 204,
  response: null,
});

export const listSessions = operation({
  id: "list-sessions",
  method: "GET",
  path: "/users/me/sessions",
  tag,
  summary: "List your sessions",
  status: 200,
  response: Type.Object({ sessions: Type.Array(Session) }),
});

export const revokeSession = operation({
  id: "revoke-a-session",
  method: "DELETE",
  path: "/users/me/sessions/:id",
  tag,
  summary: "End one of your sessions",
  params: SessionParams,
  status: 204,
  response: null,
});

export const changePassword = operation({
  id: "change-password",
  method: "POST",
  path: "/users/me/password",
  tag,
  summary: "Change your password",
  description: "Ends all your other sessions.",
  body: ChangePassword,
  status: 204,
  response: null,
});

export const enrolTotp = operation({
  id: "enrol-totp",
  method: "POST",
  path: "/users/me/totp",
  tag,
  summary: "Begin to set up a second factor",
  description: "It counts once it is confirmed with a code.",
  body: ConfirmPassword,
  status: 200,
  response: oneOf("totp", TotpSecret),
});

export const confirmTotp = operation({
  id: "confirm-totp",
  method: "POST",
  path: "/users/me/totp/confirm",
  tag,
  summary: "Set up the second factor",
  description: "The answer is the only place where the recovery codes are ever shown.",
  body: ConfirmCode,
  status: 200,
  response: Type.Object({ recovery_codes: Type.Array(Type.String()) }),
});

export const disableTotp = operation({
  id: "disable-totp",
  method: "POST",
  path: "/users/me/totp/disable",
  tag,
  summary: "Do without a second factor",
  body: ConfirmPassword,
  status: 204,
  response: null,
});

export const listMemberships = operation({
  id: "list-memberships",
  method: "GET",
  path: "/users/me/organizations",
  tag,
  summary: "List the organizations that you belong to",
  status: 200,
  response: Type.Object({ organizations: Type.Array(Membership) }),
});

export const switchOrganization = operation({
  id: "switch-organization",
  method: "POST",
  path: "/users/me/organization",
  tag,
  summary: "Go on in another of your organizations",
  body: SwitchOrganization,
  status: 200,
  response: Type.Object({ data: Me }),
});

const orgUsers = {
  singular: "org_user",
  plural: "org_users",
  noun: "an org user",
  tag: "Organization Users",
  shape: OrgUser,
} as const;

export const listOrgUsers = listOperation(orgUsers);
export const getOrgUser = getOperation(orgUsers);

export const updateOrgUser = operation({
  id: "update-an-org-user",
  method: "PATCH",
  path: "/org_users/:prn",
  tag: "Organization Users",
  summary: "Give a person another role",
  description: "409 for the last admin.",
  params: PrnParams,
  body: UpdateOrgUser,
  status: 200,
  response: oneOf("org_user", OrgUser),
});

export const deleteOrgUser = operation({
  id: "delete-an-org-user",
  method: "DELETE",
  path: "/org_users/:prn",
  tag: "Organization Users",
  summary: "Remove a person from the organization",
  description: "409 for the last admin.",
  params: PrnParams,
  status: 204,
  response: null,
});

const invitations = {
  singular: "invitation",
  plural: "invitations",
  noun: "an invitation",
  tag: "Organization Users",
  shape: Invitation,
} as const;

export const listInvitations = listOperation(invitations);
export const getInvitation = getOperation(invitations);

export const createInvitation = operation({
  id: "create-an-invitation",
  method: "POST",
  path: "/invitations",
  tag: "Organization Users",
  summary: "Invite a person",
  description: "The answer has the link, once; it works for seven days. Sending it is up to you.",
  body: CreateInvitation,
  status: 201,
  response: oneOf("invitation", CreatedInvitation),
});

export const deleteInvitation = operation({
  id: "delete-an-invitation",
  method: "DELETE",
  path: "/invitations/:prn",
  tag: "Organization Users",
  summary: "Take an invitation back",
  params: PrnParams,
  status: 204,
  response: null,
});

export const acceptInvitation = operation({
  id: "accept-an-invitation",
  method: "POST",
  path: "/invitations/accept",
  tag: "Organization Users",
  summary: "Accept an invitation",
  description:
    "As the person who is signed in; with a user name and a password as a new one; or, for somebody who has an account, " +
    "with its password alone, and `otp` where a second factor is set up. One is signed in by it.",
  body: AcceptInvitation,
  status: 200,
  response: Type.Object({ data: Me }),
});
