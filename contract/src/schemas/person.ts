import { type Static, Type } from "typebox";
import { type Role, roles } from "../scopes.ts";
import { NullableString, Prn, stored, Timestamp } from "./common.ts";

export const roleNames = Object.keys(roles) as Role[];
const RoleName = Type.Unsafe<Role>({ type: "string", enum: roleNames });

export const minPasswordLength = 12;
export const maxPasswordLength = 256;

const Email = Type.String({
  maxLength: 254,
  pattern: "^[^\\s@\\u0000-\\u001f\\u007f]+@[^\\s@\\u0000-\\u001f\\u007f]+$",
  "x-expected": "an e-mail address such as ada@example.com",
});
const Username = Type.String({
  minLength: 1,
  maxLength: 64,
  pattern: "^[a-zA-Z0-9][a-zA-Z0-9._-]*$",
  "x-expected": "letters, digits, '.', '_' and '-', beginning with a letter or a digit",
});
/** A password that somebody has; `NewPassword` is one that somebody wants. */
const Password = Type.String({ minLength: 1, maxLength: maxPasswordLength });
const NewPassword = Type.String({ minLength: minPasswordLength, maxLength: maxPasswordLength });
const Code = Type.String({
  minLength: 6,
  maxLength: 32,
  description: "Six digits of the authenticator, or a recovery code.",
});
const Token = Type.String({ minLength: 1, maxLength: 128 });

export const SignIn = Type.Object({
  email: Type.Optional(Type.String({ maxLength: 254 })),
  username: Type.Optional(Type.String({ maxLength: 254 })),
  password: Password,
  otp: Type.Optional(Code),
});
export type SignIn = Static<typeof SignIn>;

export const Session = Type.Object(
  {
    id: Type.String(),
    current: Type.Boolean({ description: "The one that asks." }),
    organization_prn: Prn,
    address: NullableString,
    user_agent: NullableString,
    last_seen_at: Timestamp,
    expires_at: Timestamp,
    inserted_at: Timestamp,
  },
  { title: "Session" },
);
export type Session = Static<typeof Session>;

export const SessionParams = Type.Object({ id: Type.String({ maxLength: 64 }) });

export const ChangePassword = Type.Object({ current_password: Password, new_password: NewPassword });
export type ChangePassword = Static<typeof ChangePassword>;

export const ConfirmPassword = Type.Object({ password: Password });
export const ConfirmCode = Type.Object({ otp: Code });

export const TotpSecret = Type.Object(
  {
    secret: Type.String({ description: "Base32, for typing." }),
    otpauth_url: Type.String({ description: "For a QR code." }),
  },
  { title: "TotpSecret" },
);

export const Membership = Type.Object(
  { organization_prn: Prn, name: Type.String(), role: RoleName, current: Type.Boolean() },
  { title: "Membership" },
);
export type Membership = Static<typeof Membership>;

export const SwitchOrganization = Type.Object({ organization_prn: Prn });

export const OrgUser = Type.Object(
  { ...stored, user_prn: Prn, email: Type.String(), username: Type.String(), role: RoleName, has_totp: Type.Boolean() },
  { title: "OrgUser" },
);
export type OrgUser = Static<typeof OrgUser>;

export const UpdateOrgUser = Type.Object({ prn: Type.Optional(Prn), role: RoleName });

export const Invitation = Type.Object(
  {
    ...stored,
    email: Type.String(),
    role: RoleName,
    invited_by_prn: NullableString,
    expires_at: Timestamp,
    accepted_at: NullableString,
  },
  { title: "Invitation" },
);
export type Invitation = Static<typeof Invitation>;

export const CreatedInvitation = Type.Object(
  {
    ...Invitation.properties,
    url: Type.String({ description: "For the invited person: shown here, once." }),
    token: Type.String(),
  },
  { title: "CreatedInvitation" },
);
export type CreatedInvitation = Static<typeof CreatedInvitation>;

export const CreateInvitation = Type.Object({ email: Email, role: RoleName });
export type CreateInvitation = Static<typeof CreateInvitation>;

/**
 * Without user name and password: as the person who is signed in. With a password alone: by the account that the invited
 * e-mail address has.
 */
export const AcceptInvitation = Type.Object({
  token: Token,
  username: Type.Optional(Username),
  password: Type.Optional(NewPassword),
  otp: Type.Optional(Code),
});
export type AcceptInvitation = Static<typeof AcceptInvitation>;
