import { Anchor, Button, Loader, Text } from "@mantine/core";
import { useEffect } from "react";

import type { OwnBusiness } from "@/api/shapes";
import { text } from "@/text";
import { Entrance } from "@/ui/Entrance";

import { leaveFor } from "../leaveFor";
import { useBusinesses } from "../queries";
import { Chooser, wayTo } from "./Chooser";
import { SignInForm } from "./SignInForm";

/** The platform's address: whoever signs in is carried on to their business, or chooses among several. */
export function PlatformSignIn() {
  const ask = useBusinesses();
  const [first, ...others] = ask.data ?? [];
  if (!ask.isSuccess) {
    return (
      <Entrance heading={text.entrance.heading} lead={text.entrance.lead}>
        <SignInForm signIn={ask} submit={text.entrance.submit} />
      </Entrance>
    );
  }
  if (first === undefined) {
    return (
      <Entrance heading={text.entrance.noneHeading} lead={text.entrance.none}>
        <Another onClick={ask.reset} />
      </Entrance>
    );
  }
  if (others.length === 0) return <Forwarding business={first} />;
  return (
    <Entrance heading={text.entrance.choose} lead={text.entrance.chooseLead}>
      <Chooser businesses={[first, ...others]} />
      <Another onClick={ask.reset} />
    </Entrance>
  );
}

function Another({ onClick }: { onClick: () => void }) {
  return (
    <Button variant="subtle" color="gray" onClick={onClick}>
      {text.entrance.another}
    </Button>
  );
}

function Forwarding({ business }: { business: OwnBusiness }) {
  useEffect(() => {
    leaveFor(wayTo(business));
  }, [business]);
  return (
    <Entrance business={business.name} heading={text.entrance.forwarding(business.name)}>
      <Loader size="sm" role="status" aria-label={text.entrance.forwarding(business.name)} />
      <Text size="sm">
        <Anchor href={wayTo(business)} inherit>
          {text.entrance.stuck}
        </Anchor>
      </Text>
    </Entrance>
  );
}
