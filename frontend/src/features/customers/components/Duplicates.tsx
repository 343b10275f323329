import { Anchor, Text } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { generatePath, Link } from "react-router";

import type { Customer } from "@/api/shapes";
import { paths } from "@/paths";
import { text } from "@/text";

import { digitsOf, withEmailQuery, withPhoneQuery } from "../queries";
import classes from "./customers.module.css";

const QUIET_MS = 400;
const LEAST_DIGITS = 6;

interface Shared {
  /** Who is being changed. */
  exceptId: string | undefined;
  onLeave: () => void;
}

/** Points out who else has an e-mail address. */
export function SameEmail({ email, ...shared }: Shared & { email: string }) {
  const [settled] = useDebouncedValue(email, QUIET_MS);
  const isWhole = /^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(settled);
  const { data } = useQuery({ ...withEmailQuery(settled), enabled: isWhole });
  return <Others {...shared} words={text.customers.form.sameEmail} found={isWhole ? data : undefined} />;
}

/** Points out who else has a phone number. */
export function SamePhone({ phone, ...shared }: Shared & { phone: string }) {
  const [settled] = useDebouncedValue(phone, QUIET_MS);
  const isWhole = digitsOf(settled).length >= LEAST_DIGITS;
  const { data } = useQuery({ ...withPhoneQuery(settled), enabled: isWhole });
  return <Others {...shared} words={text.customers.form.samePhone} found={isWhole ? data : undefined} />;
}

interface OthersProps extends Shared {
  words: string;
  found: readonly Customer[] | undefined;
}

function Others({ words, found = [], exceptId, onLeave }: OthersProps) {
  const others = found.filter(({ id }) => id !== exceptId);
  return (
    <div role="status">
      {others.length > 0 && (
        <Text size="xs" mt={6} className={classes.hint}>
          {words}{" "}
          {others.map(({ id, name }, position) => (
            <span key={id}>
              {position > 0 && ", "}
              <Anchor
                component={Link}
                size="xs"
                underline="always"
                to={generatePath(paths.customer, { customerId: id })}
                onClick={onLeave}
              >
                {name}
              </Anchor>
            </span>
          ))}
        </Text>
      )}
    </div>
  );
}
