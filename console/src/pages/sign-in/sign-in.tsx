import { ApiError, bodyOf } from "@open-peridio/sdk";
import { useQuery } from "@tanstack/react-query";
import { Navigate, useSearch } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { impatientClient } from "../../api/client.ts";
import { sessionQuery } from "../../session/session.ts";
import { Form, TextField, type Values } from "../../ui/form.tsx";
import { useHasOpenId } from "./open-id.ts";

export function SignIn() {
  const { next } = useSearch({ strict: false }) as { next?: string };
  const { data: session } = useQuery(sessionQuery);
  const hasOpenId = useHasOpenId();
  const [wantsCode, setWantsCode] = useState(false);
  useEffect(() => {
    document.title = "Sign in · Peridio";
  }, []);
  if (session) return <Navigate to={next ?? "/"} replace />;

  const signIn = async ({ account = "", password = "", otp }: Values) => {
    const who = account.includes("@") ? { email: account } : { username: account };
    const body = { ...who, password, ...(otp !== undefined && { otp: otp.replaceAll(" ", "") }) };
    try {
      await bodyOf(impatientClient.api.POST("/users/auth", { body }));
    } catch (error) {
      if (!(error instanceof ApiError) || error.code !== "otp_required") throw error;
      return setWantsCode(true);
    }
    // Anew, because the page's policy names the stores of the organization that one is in.
    location.assign(`/console${next ?? "/"}`);
  };

  return (
    <main className="flex min-h-dvh items-start justify-center px-4 pt-[14vh] pb-10">
      <div className="w-full max-w-sm">
        <img src="/console/icon.svg" alt="" className="size-9" />
        <h1 className="mt-5 text-xl font-semibold tracking-tight">Sign in to Peridio</h1>
        <p className="mt-1 mb-6 text-sm text-muted">The home of your device binaries.</p>
        {hasOpenId && (
          <>
            <a
              href="/users/oidc/start"
              className="flex h-9 items-center justify-center rounded-md border border-line-strong bg-surface text-sm font-medium hover:bg-hover"
            >
              Continue with your organization's sign-in
            </a>
            <div className="my-5 flex items-center gap-3 text-xs text-faint before:h-px before:flex-1 before:bg-line after:h-px after:flex-1 after:bg-line">
              or with a password
            </div>
          </>
        )}
        <Form submit="Sign in" onSubmit={signIn} wide>
          <TextField name="account" label="E-mail or user name" autoComplete="username" autoFocus />
          <TextField name="password" label="Password" type="password" autoComplete="current-password" />
          {wantsCode && (
            <TextField
              name="otp"
              label="Code"
              hint="Six digits of your authenticator, or one of your recovery codes."
              autoComplete="one-time-code"
              autoFocus
              mono
            />
          )}
        </Form>
        <p className="mt-8 text-xs text-faint">
          The first start of the server printed the admin's password. It is lost? <br />
          <code className="font-mono text-muted">npm start -- users reset-password EMAIL</code>
        </p>
      </div>
    </main>
  );
}
