import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { useLocation } from "react-router";

import { entitlementsKey } from "@/api/entitlements";

/**
 * Asks for the plan anew at every screen that is gone to, so that a plan changed meanwhile opens or locks it without a
 * reload. What has not changed costs an answer without a body.
 */
export function useFreshPlan(): void {
  const client = useQueryClient();
  const { pathname } = useLocation();
  useEffect(() => {
    void client.refetchQueries({ queryKey: entitlementsKey }, { cancelRefetch: false });
  }, [client, pathname]);
}
