import { useViewer } from "@/api/viewer";

/** Whether the viewer's role lets them change services; everybody may look at them. */
export function useCanManage(): boolean {
  return useViewer().user.role !== "staff";
}
