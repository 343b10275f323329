import { analytics } from "@/text/analytics";
import { useUrlState } from "@/ui/useUrlState";

import classes from "../analytics.module.css";
import { filterDefaults, filterOf } from "../filters";
import { Announcement } from "./Announcement";
import { AppointmentSection } from "./AppointmentSection";
import { FilterBar } from "./FilterBar";
import { NowSection } from "./NowSection";
import { RevenueSection } from "./RevenueSection";

const LONG_DAYS = 365;

/** The figures with the filters that the address holds. */
export function Figures() {
  const [state, change] = useUrlState(filterDefaults);
  const filter = filterOf(state);
  return (
    <div className={classes.screen}>
      <NowSection />
      <FilterBar state={{ ...state, days: filter.days }} onChange={change} />
      <AppointmentSection
        filter={filter}
        onReset={() => change({ ...filterDefaults, days: filter.days })}
        onLonger={() => change({ days: LONG_DAYS })}
      />
      <RevenueSection filter={filter} />
      <Announcement filter={filter} shown={analytics.announced} />
    </div>
  );
}
