import { Badge, Button, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { useState } from "react";

import type { ApiToken } from "@/api/shapes";
import { useViewer } from "@/api/viewer";
import { apiTokens as tokensText } from "@/text/apiTokens";
import { dateAndTime, mediumDate } from "@/time/format";
import { useNow } from "@/time/useNow";
import { type Column, DataTable } from "@/ui/DataTable";

import { RevokeDialog } from "./RevokeDialog";
import classes from "./TokenTable.module.css";

const MINUTE_MS = 60_000;
const SOON_MS = 7 * 24 * 60 * MINUTE_MS;

interface TokenTableProps {
  caption: string;
  /** Undefined until known. */
  tokens: readonly ApiToken[] | undefined;
  empty?: ReactNode;
}

/** Tokens without their secrets, each with a way to take it back. */
export function TokenTable({ caption, tokens, empty }: TokenTableProps) {
  const [revoked, setRevoked] = useState<ApiToken | null>(null);
  const columns = useColumns(setRevoked);
  return (
    <>
      <DataTable caption={caption} columns={columns} rows={tokens} rowKey={({ id }) => id} empty={empty} />
      <RevokeDialog
        token={revoked}
        onClose={() => {
          setRevoked(null);
        }}
      />
    </>
  );
}

/** What a token is called: one of a sign-in has no name of its own. */
export const nameOf = ({ name = "" }: ApiToken) => (name === "" ? tokensText.signIn : name);

function useColumns(onRevoke: (token: ApiToken) => void): Column<ApiToken>[] {
  const { timezone } = useViewer().business;
  const { columns, scopes, neverUsed, revoke, revokeNamed } = tokensText;
  return [
    { key: "name", heading: columns.name, isTitle: true, cell: (token) => <Name token={token} /> },
    { key: "scope", heading: columns.scope, cell: ({ scope = "read" }) => scopes[scope] },
    { key: "by", heading: columns.by, isWide: true, cell: ({ user }) => user },
    {
      key: "lastUsed",
      heading: columns.lastUsed,
      cell: ({ last_used_at: usedAt }) => (usedAt ? dateAndTime(new Date(usedAt), timezone) : neverUsed),
    },
    { key: "expires", heading: columns.expires, cell: ({ expires_at: endsAt }) => <End at={endsAt ?? null} /> },
    {
      key: "revoke",
      heading: "",
      align: "end",
      cell: (token) => (
        <Button
          variant="default"
          size="compact-sm"
          aria-label={revokeNamed(nameOf(token))}
          onClick={() => onRevoke(token)}
        >
          {revoke}
        </Button>
      ),
    },
  ];
}

function Name({ token }: { token: ApiToken }) {
  return (
    <span className={classes.name}>
      <Text component="span" fw={550} inherit>
        {nameOf(token)}
      </Text>
      <Text component="span" size="sm" c="dimmed">
        {tokensText.begins(token.prefix)}
      </Text>
    </span>
  );
}

function End({ at }: { at: string | null }) {
  const { timezone } = useViewer().business;
  const now = useNow(MINUTE_MS);
  if (at === null) return tokensText.noEnd;
  const end = new Date(at);
  return (
    <span className={classes.end}>
      {mediumDate(end, timezone)}
      {end.getTime() - now.getTime() < SOON_MS && (
        <Badge size="sm" className={classes.soon}>
          {tokensText.endsSoon}
        </Badge>
      )}
    </span>
  );
}
