import { Text } from "@mantine/core";
import { Navigate, useSearchParams } from "react-router";

import { ApiError } from "@/api/api-error";
import { useSignIn } from "@/api/session";
import { pathAfterSignIn } from "@/paths";
import { text } from "@/text";

import { SignInForm } from "./SignInForm";
import classes from "./sign-in.module.css";

interface BusinessSignInProps {
  /** Why somebody who was carried here has to sign in after all. */
  handoffError?: Error;
}

/** The form of a business's own address. */
export function BusinessSignIn({ handoffError }: BusinessSignInProps) {
  const signIn = useSignIn();
  const [search] = useSearchParams();
  if (signIn.isSuccess) return <Navigate to={pathAfterSignIn(search.get("next"))} replace />;
  return (
    <>
      {handoffError && !signIn.error && (
        <div role="status" className={classes.notice}>
          <Text fw={600} size="sm">
            {text.entrance.handoffHeading}
          </Text>
          <Text size="sm">{reasonOf(handoffError)}</Text>
        </div>
      )}
      <SignInForm signIn={signIn} submit={text.signIn.submit} />
    </>
  );
}

function reasonOf(error: Error): string {
  const isOver = error instanceof ApiError && error.code === "handoff_invalid";
  return isOver ? text.entrance.handoffExpired : error.message;
}
