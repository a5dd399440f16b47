import { useNavigate } from "@tanstack/react-router";
import { ChevronsUpDown, CircleUser, LogOut, Monitor, Moon, Sun } from "lucide-react";
import { useSession } from "../session/session.ts";
import { signOut, switchOrganization } from "../session/sign-out.ts";
import { Menu, MenuItem, MenuLabel, MenuLine } from "../ui/menu.tsx";
import { sayProblem } from "../ui/toast.tsx";
import { chooseTheme, type Theme, useTheme } from "./theme.ts";

const themes: { value: Theme; label: string; icon: typeof Sun }[] = [
  { value: "system", label: "As the system", icon: Monitor },
  { value: "light", label: "Light", icon: Sun },
  { value: "dark", label: "Dark", icon: Moon },
];

/** Who is signed in, where, and what can be changed about it. */
export function AccountMenu() {
  const session = useSession();
  const theme = useTheme();
  const navigate = useNavigate();
  return (
    <Menu
      label="Account, organization and appearance"
      side="top-start"
      buttonClass="flex w-full items-center gap-2.5 rounded-md px-2 py-1.5 text-left hover:bg-hover"
      button={
        <>
          <span className="flex size-7 shrink-0 items-center justify-center rounded-full bg-accent-soft text-xs font-semibold text-accent uppercase">
            {session.username.slice(0, 2)}
          </span>
          <span className="min-w-0 flex-1">
            <span className="block truncate text-sm font-medium">{session.username}</span>
            <span className="block truncate text-2xs text-muted">{session.organizationName}</span>
          </span>
          <ChevronsUpDown className="size-3.5 shrink-0 text-faint" />
        </>
      }
    >
      <MenuLabel>{session.email}</MenuLabel>
      {session.memberships.length > 1 && (
        <>
          <MenuLine />
          <MenuLabel>Organization</MenuLabel>
          {session.memberships.map(({ organization_prn, name }) => (
            <MenuItem
              key={organization_prn}
              checked={organization_prn === session.organizationPrn}
              onSelect={() => switchOrganization(organization_prn).catch(sayProblem)}
            >
              {name}
            </MenuItem>
          ))}
        </>
      )}
      <MenuLine />
      <MenuLabel>Appearance</MenuLabel>
      {themes.map(({ value, label, icon: Icon }) => (
        <MenuItem key={value} checked={theme === value} onSelect={() => chooseTheme(value)}>
          <Icon />
          {label}
        </MenuItem>
      ))}
      <MenuLine />
      <MenuItem onSelect={() => void navigate({ to: "/account" })}>
        <CircleUser />
        Your account
      </MenuItem>
      <MenuItem onSelect={() => signOut().catch(sayProblem)}>
        <LogOut />
        Sign out
      </MenuItem>
    </Menu>
  );
}
