import classes from "./Sparkline.module.css";

const BAR = 6;
const STEP = 8;
const HEIGHT = 40;
const LEAST = 1;

/** Values as little bars, the last one in full colour. A decoration: the figures beside it say what it shows. */
export function Sparkline({ values }: { values: readonly number[] }) {
  const most = Math.max(...values, 1);
  const width = Math.max(BAR, values.length * STEP - (STEP - BAR));
  return (
    <svg viewBox={`0 0 ${width} ${HEIGHT}`} preserveAspectRatio="none" className={classes.sparkline} aria-hidden>
      {values.map((value, position) => {
        const height = Math.max(LEAST, (HEIGHT * value) / most);
        return <rect key={position} x={position * STEP} y={HEIGHT - height} width={BAR} height={height} />;
      })}
    </svg>
  );
}
