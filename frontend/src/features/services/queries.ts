import { useMutation, useQueryClient } from "@tanstack/react-query";

import { api, bodyOf } from "@/api/client";
import type { paths } from "@/api/schema";
import { entitlementsKey } from "@/api/entitlements";
import { servicesQuery } from "@/api/scheduling";
import type { Service } from "@/api/shapes";

/** What is said about a service when it is added or changed. */
export type ServiceFields = paths["/api/services/"]["post"]["requestBody"]["content"]["application/json"];

/** Asks anew for what depends on the services: how much of the plan is used, and which times are free. */
function useRenewal() {
  const client = useQueryClient();
  return async () => {
    const keys = [servicesQuery.queryKey, entitlementsKey, ["availability"]];
    await Promise.all(keys.map((queryKey) => client.invalidateQueries({ queryKey })));
  };
}

/** Adds a service, or changes one where `id` is given. */
export function useSaveService(id: number | null) {
  return useMutation({
    mutationFn: (body: ServiceFields): Promise<Service> =>
      id === null
        ? bodyOf(api.POST("/api/services/", { body }))
        : bodyOf(api.PATCH("/api/services/{id}/", { params: { path: { id } }, body })),
    onSettled: useRenewal(),
  });
}

/** Offers a service, or stops doing so. */
export function useOffer(id: number) {
  return useMutation({
    mutationFn: (is_active: boolean): Promise<Service> =>
      bodyOf(api.PATCH("/api/services/{id}/", { params: { path: { id } }, body: { is_active } })),
    onSettled: useRenewal(),
  });
}

export function useDeleteService() {
  return useMutation({
    mutationFn: (id: number) => api.DELETE("/api/services/{id}/", { params: { path: { id } } }),
    onSettled: useRenewal(),
  });
}
