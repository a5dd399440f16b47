import { bodyOf, type components } from "@open-peridio/sdk";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { client } from "../../api/client.ts";
import { queryClient } from "../../api/query-client.ts";
import { chooseTheme, type Theme, useTheme } from "../../layout/theme.ts";
import { useMay, useSession } from "../../session/session.ts";
import { Card, Fact, Facts } from "../../ui/card.tsx";
import { CliHint, shellWord } from "../../ui/cli-hint.tsx";
import { Prn } from "../../ui/copy.tsx";
import { CheckField, Form, TextField, type Values } from "../../ui/form.tsx";
import { Loaded } from "../../ui/loaded.tsx";
import { PageHeader } from "../../ui/page-header.tsx";
import { sayDone } from "../../ui/toast.tsx";

const themes: Theme[] = ["system", "light", "dark"];

/** The rules of the organization, for admins, and how the console looks to oneself. */
export function SettingsPage() {
  const { organizationPrn: prn } = useSession();
  const mayChange = useMay("admin");
  const params = { path: { prn } };
  const organization = useQuery({
    queryKey: ["organizations", prn],
    queryFn: async () => (await bodyOf(client.api.GET("/organizations/{prn}", { params }))).organization,
  });
  const [typed, setTyped] = useState<Values | null>(null);
  const save = async (values: Values) => {
    await client.api.PATCH("/organizations/{prn}", {
      params,
      body: {
        name: values.name ?? "",
        separate_signer: values.separate_signer !== undefined,
        required_signatures: Number(values.required_signatures),
      },
    });
    sayDone("The organization is changed.");
    await queryClient.invalidateQueries({ queryKey: ["organizations"] });
    await queryClient.invalidateQueries({ queryKey: ["me"] });
  };
  return (
    <>
      <PageHeader title="Settings">
        <Prn prn={prn} full />
      </PageHeader>
      <div className="flex max-w-2xl flex-col gap-4">
        <Loaded query={organization}>
          {(about) => (
            <Card title="Organization">
              {mayChange ? (
                <Form submit="Save" onSubmit={save} onValues={setTyped}>
                  <TextField name="name" label="Name" defaultValue={about.name} />
                  <TextField
                    name="required_signatures"
                    label="Signatures"
                    type="number"
                    defaultValue={String(about.required_signatures)}
                    hint="How many keys have to sign a binary before it is signed: 1 to 10."
                  />
                  <CheckField
                    name="separate_signer"
                    label="Whoever uploads a binary may not sign it"
                    defaultChecked={about.separate_signer}
                  />
                  <CliHint command={`npx peridio organizations update --prn ${prn}${optionsOf(typed, about)}`} />
                </Form>
              ) : (
                <Facts>
                  <Fact name="Name">{about.name}</Fact>
                  <Fact name="Signatures">{about.required_signatures}</Fact>
                  <Fact name="Uploader signs">{about.separate_signer ? "never" : "may"}</Fact>
                </Facts>
              )}
            </Card>
          )}
        </Loaded>
        <Appearance />
      </div>
    </>
  );
}

/** What the form says, as the command takes it. */
function optionsOf(typed: Values | null, about: components["schemas"]["Organization"]): string {
  const name = shellWord(typed ? (typed.name ?? "NAME") : about.name);
  const separate = typed ? typed.separate_signer !== undefined : about.separate_signer;
  const signatures = typed ? (typed.required_signatures ?? "NUMBER") : about.required_signatures;
  return ` --name ${name} --separate-signer ${separate} --required-signatures ${signatures}`;
}

function Appearance() {
  const theme = useTheme();
  return (
    <Card title="Appearance">
      <fieldset className="flex flex-wrap gap-5 text-sm">
        <legend className="sr-only">Theme</legend>
        {themes.map((each) => (
          <label key={each} className="flex items-center gap-2">
            <input
              type="radio"
              name="theme"
              checked={theme === each}
              onChange={() => chooseTheme(each)}
              className="size-4 accent-accent"
            />
            {each === "system" ? "as the system" : each}
          </label>
        ))}
      </fieldset>
    </Card>
  );
}
