import { Compass } from "lucide-react";
import { ButtonLink } from "../ui/button.tsx";
import { Empty } from "../ui/empty.tsx";

export function NoPage() {
  return (
    <div className="pt-[15vh]">
      <Empty title="There is no such page" icon={<Compass />} action={<ButtonLink to="/">To the overview</ButtonLink>}>
        The address may be mistyped, or what it showed may be gone.
      </Empty>
    </div>
  );
}
