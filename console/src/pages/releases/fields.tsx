import { useState } from "react";
import type { Resources } from "../../api/resources.ts";
import { CheckField, SelectField, TextArea, TextField } from "../../ui/form.tsx";
import { timeZone, toLocalField } from "../../ui/local-time.ts";
import { showTags } from "../../ui/tags.ts";
import type { Audience } from "./body.ts";
import { percentOf } from "./state.ts";

interface FieldsProps {
  /** What is edited; absent for a new one. */
  release?: Resources["releases"];
}

/** What a release is called, and which devices may have it, from when on. */
export function ReleaseFields({ release }: FieldsProps) {
  return (
    <>
      <TextField
        name="name"
        label="Name"
        hint="For people, such as spring-2026."
        defaultValue={release?.name}
        placeholder="2.1.0"
      />
      <div className="grid gap-4 sm:grid-cols-2">
        <TextField
          name="version"
          label="Version"
          hint="Devices find their place by it."
          defaultValue={release?.version ?? ""}
          placeholder="2.1.0"
          optional
          mono
        />
        <TextField
          name="version_requirement"
          label="For devices that run"
          hint="Such as ~> 2.0 or >= 1.4.0."
          defaultValue={release?.version_requirement ?? ""}
          placeholder="~> 2.0"
          optional
          mono
        />
      </div>
      <AudienceFields {...(release && { release })} />
      <ScheduleFields {...(release && { release })} />
      <CheckField
        name="required"
        label="Required"
        hint="No device gets a later release before it has this one."
        defaultChecked={release?.required ?? false}
      />
      <CheckField
        name="disabled"
        label="Disabled"
        hint="No device gets it, not even one that was let have it."
        defaultChecked={release?.disabled ?? false}
      />
      <details open={release?.failure_share != null}>
        <summary className="text-sm font-medium">More</summary>
        <div className="mt-3 flex flex-col gap-4">
          <div className="grid gap-4 sm:grid-cols-2">
            <TextField
              name="failure_share"
              label="Halt at failures of (%)"
              hint="Of the devices that ended. Empty: never."
              defaultValue={release?.failure_share == null ? "" : String(percentOf(release.failure_share))}
              placeholder="5"
              optional
            />
            <TextField
              name="failure_minimum"
              label="Not before so many failed"
              defaultValue={String(release?.failure_minimum ?? "")}
              placeholder="1"
              optional
            />
          </div>
          <TextArea
            name="description"
            label="Description"
            defaultValue={release?.description ?? ""}
            rows={2}
            optional
          />
        </div>
      </details>
    </>
  );
}

function AudienceFields({ release }: FieldsProps) {
  const [audience, choose] = useState(release ? audienceOf(release) : "all");
  if (release && audienceOf(release) === "all") {
    return (
      <p className="text-sm text-muted">
        For all devices, for good: to stop it pause or disable it, or make a newer release.
      </p>
    );
  }
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <SelectField
        name="audience"
        label="For"
        options={[
          { value: "all", label: "all devices" },
          { value: "share", label: "a share of them" },
          { value: "count", label: "so many of them" },
          { value: "tags", label: "devices with a tag" },
        ]}
        defaultValue={audience}
        onChange={(value) => choose(value as Audience)}
        {...(audience === "all" && { hint: "Final: it can't be narrowed later." })}
      />
      {(audience === "share" || audience === "count") && (
        <TextField
          key={audience}
          name="phase_value"
          label={audience === "share" ? "Share (%)" : "Devices"}
          hint="The first that ask; more may follow later."
          defaultValue={release?.phase_value == null ? "" : shownValue(release, audience)}
          placeholder={audience === "share" ? "10" : "25"}
        />
      )}
      {audience === "tags" && (
        <TextField
          name="phase_tags"
          label="Tags"
          hint="One of them is enough. Commas between them."
          defaultValue={showTags(release?.phase_tags ?? null)}
          placeholder="beta, lab"
        />
      )}
    </div>
  );
}

function ScheduleFields({ release }: FieldsProps) {
  const isDue = release?.schedule_complete === true;
  const [when, choose] = useState(release && !isDue ? "at" : "now");
  if (isDue) return null;
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <SelectField
        name="when"
        label="From"
        options={[
          { value: "now", label: "now on" },
          { value: "at", label: "a day on" },
        ]}
        defaultValue={when}
        onChange={choose}
      />
      {when === "at" && (
        <TextField
          name="schedule_date"
          label="Day and time"
          type="datetime-local"
          hint={`In ${timeZone}.`}
          defaultValue={release ? toLocalField(release.schedule_date) : toLocalField(new Date(Date.now() + 86_400_000))}
        />
      )}
    </div>
  );
}

function audienceOf({ phase_mode, phase_value }: Resources["releases"]): Audience {
  if (phase_mode === "tags") return "tags";
  if (phase_value === 1) return "all";
  return phase_value !== null && phase_value > 1 ? "count" : "share";
}

function shownValue(release: Resources["releases"], audience: Audience): string {
  if (audienceOf(release) !== audience) return "";
  return audience === "share" ? String(percentOf(release.phase_value!)) : String(release.phase_value);
}
