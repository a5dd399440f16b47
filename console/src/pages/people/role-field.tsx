import { useState } from "react";
import { SelectField } from "../../ui/form.tsx";
import { meaningOf, roleOptions } from "./roles.ts";

export function RoleField({ present }: { present: string }) {
  const [chosen, setChosen] = useState(present);
  return (
    <SelectField
      name="role"
      label="Role"
      options={roleOptions}
      defaultValue={present}
      onChange={setChosen}
      hint={meaningOf(chosen)}
    />
  );
}
