import { useState } from "react";
import { SelectField } from "../../ui/form.tsx";
import { meaningOf, roleOptions } from "./roles.ts";

export function RoleField({ role }: { role: string }) {
  const [chosen, setChosen] = useState(role);
  return (
    <SelectField
      name="role"
      label="Role"
      options={roleOptions}
      defaultValue={role}
      onChange={setChosen}
      hint={meaningOf(chosen)}
    />
  );
}
