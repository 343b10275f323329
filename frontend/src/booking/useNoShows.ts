import { useQuery } from "@tanstack/react-query";

import { customerFiguresQuery } from "@/api/scheduling";

/** Returns how often a customer did not come; 0 until it is known. */
export function useNoShows(customerId: string): number {
  const { data } = useQuery(customerFiguresQuery(customerId));
  return data?.no_shows ?? 0;
}
