import { call, type components } from "@open-peridio/sdk";
import { useState } from "react";
import { client } from "../../api/client.ts";
import type { Resources } from "../../api/resources.ts";
import { useMay } from "../../session/session.ts";
import { bytes } from "../../ui/bytes.ts";
import { Card } from "../../ui/card.tsx";
import { CliHint, shellWord } from "../../ui/cli-hint.tsx";
import { FieldProblem, Form, TextField, type Values } from "../../ui/form.tsx";
import { NamedLink } from "../../ui/named-link.tsx";
import { StateBadge } from "../../ui/state-badge.tsx";
import { ThingLink } from "../../ui/thing-link.tsx";

type Update = components["schemas"]["DeviceUpdate"];

/** Asks for the device, with what it reported or what one would like to know; nothing is let go by it. */
export function WouldGet({ device }: { device: Resources["devices"] }) {
  const mayAsk = useMay("devices:write");
  const [answer, setAnswer] = useState<Update | null>(null);
  const [values, setValues] = useState<Values>(reportedBy(device));
  if (!mayAsk) return null;
  const ask = async (given: Values) => {
    const body = bodyOf(given);
    if (Object.keys(body).length === 0) {
      throw new FieldProblem("release_version", "is needed, or a release or bundle in its place");
    }
    setAnswer((await call(client, "POST", `/devices/${device.prn}/update`, { body })) as Update);
  };
  const options = Object.entries(bodyOf(values)).map(
    ([name, value]) => ` --${name.replaceAll("_", "-")} ${shellWord(value)}`,
  );
  return (
    <Card title="What would it get?">
      <Form submit="Ask" onSubmit={ask} onValues={setValues}>
        <div className="grid gap-4 md:grid-cols-3">
          <TextField
            name="release_version"
            label="If it runs the version"
            defaultValue={device.reported_release_version ?? ""}
            placeholder="1.0.0"
            optional
            mono
          />
          <TextField
            name="release_prn"
            label="of the release"
            defaultValue={device.reported_release_prn ?? ""}
            placeholder="PRN"
            optional
            mono
          />
          <TextField
            name="bundle_prn"
            label="of the bundle"
            defaultValue={device.reported_bundle_prn ?? ""}
            placeholder="PRN"
            optional
            mono
          />
        </div>
        <CliHint command={`npx peridio devices get-update --prn ${device.prn}${options.join("")}`} />
      </Form>
      {answer && <Answer answer={answer} />}
    </Card>
  );
}

function Answer({ answer: { status, source_type, source_prn, bundle_prn, manifest } }: { answer: Update }) {
  return (
    <div role="status" className="mt-4 border-t border-line pt-4 text-sm">
      {status === "no_update" && <p>Nothing: there is no update for it now.</p>}
      {status === "device_quarantine" && <p>Nothing: it is in quarantine.</p>}
      {status === "update" && (
        <>
          <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
            <StateBadge state="update" tone="good" />
            the bundle <NamedLink resource="bundles" prn={bundle_prn} /> by the{" "}
            {source_type === "release" ? "release" : "override"}{" "}
            <NamedLink resource={source_type === "release" ? "releases" : "bundle_overrides"} prn={source_prn} />
          </p>
          <ul className="mt-3 flex flex-col gap-1">
            {manifest?.map(({ binary_prn, target, size }) => (
              <li key={binary_prn} className="flex flex-wrap items-center gap-x-4">
                <ThingLink prn={binary_prn} name={target} />
                {size !== null && <span className="nums text-muted">{bytes(size)}</span>}
              </li>
            ))}
          </ul>
          {manifest?.length === 0 && <p className="mt-2 text-muted">No binary of the bundle is for its target.</p>}
        </>
      )}
    </div>
  );
}

const asked = ["release_version", "release_prn", "bundle_prn"] as const;

function bodyOf(values: Values): Record<string, string> {
  return Object.fromEntries(asked.flatMap((name) => (values[name] === undefined ? [] : [[name, values[name].trim()]])));
}

function reportedBy(device: Resources["devices"]): Values {
  const { reported_release_version, reported_release_prn, reported_bundle_prn } = device;
  return {
    ...(reported_release_version !== null && { release_version: reported_release_version }),
    ...(reported_release_prn !== null && { release_prn: reported_release_prn }),
    ...(reported_bundle_prn !== null && { bundle_prn: reported_bundle_prn }),
  };
}
