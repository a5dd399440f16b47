import { Pencil } from "lucide-react";
import { useState } from "react";
import type { Resources } from "../../api/resources.ts";
import { useMay } from "../../session/session.ts";
import { IconButton } from "../../ui/button.tsx";
import { bytes, count } from "../../ui/bytes.ts";
import { Card, Fact, Facts } from "../../ui/card.tsx";
import { Hash } from "../../ui/copy.tsx";
import { StateBadge } from "../../ui/state-badge.tsx";
import { ThingLink } from "../../ui/thing-link.tsx";
import { When } from "../../ui/when.tsx";
import { EditAbout } from "../artifacts/edit-about.tsx";

/** What is known of the binary, and what people say about it. */
export function About({ binary }: { binary: Resources["binaries"] }) {
  const {
    prn,
    hash,
    size,
    revision,
    content_store_prn,
    hold,
    archive_class,
    content_availability,
    description,
    custom_metadata,
  } = binary;
  const [editing, setEditing] = useState(false);
  const mayWrite = useMay("binaries:write");
  const edit = mayWrite && (
    <IconButton label="Edit description and metadata" data-edit="" onClick={() => setEditing(true)}>
      <Pencil />
    </IconButton>
  );
  return (
    <Card title="About" actions={edit}>
      <Facts>
        <Fact name="SHA-256">{hash ? <Hash hash={hash} /> : <span className="text-faint">not known yet</span>}</Fact>
        <Fact name="Size">
          {size === null ? (
            <span className="text-faint">not known yet</span>
          ) : (
            <span title={`${count(size)} bytes`}>{bytes(size)}</span>
          )}
        </Fact>
        <Fact name="Resets">{revision}</Fact>
        <Fact name="Kept in">
          {content_store_prn ? <ThingLink prn={content_store_prn} /> : "the server's own store"}
        </Fact>
        {archive_class && (
          <Fact name="Archive class">
            {archive_class} <StateBadge state={content_availability} />
          </Fact>
        )}
        {hold && (
          <Fact name="Held">
            until <When time={hold.until} />: {hold.reason}
          </Fact>
        )}
        <Fact name="Metadata">
          {custom_metadata ? (
            <pre className="max-h-64 overflow-auto font-mono text-xs whitespace-pre-wrap">
              {JSON.stringify(custom_metadata, null, 2)}
            </pre>
          ) : (
            <span className="text-faint">none</span>
          )}
        </Fact>
      </Facts>
      {editing && (
        <EditAbout
          title="Edit the binary"
          resource="binaries"
          command="binaries"
          about={{ prn, description, custom_metadata }}
          onClose={() => setEditing(false)}
        />
      )}
    </Card>
  );
}
