// npm run sensitivity-coverage [-- REPEATS]: how often intervals of sensitivity indices hold the truth, on functions with closed forms,
// without noise and with as much of it as there is effect, for small and large designs. Takes a minute or two.
import {
  GROUPED,
  hits,
  ISHIGAMI,
  indicesOf,
  LINEAR,
  SOBOL_G,
} from "../test/numerics/sensitivity/functions.ts";

const REPEATS = Number(process.argv[2] ?? 300);
const SIZES = [
  { nets: 32, points: 4 },
  { nets: 32, points: 16 },
];

for (const known of [ISHIGAMI, SOBOL_G, LINEAR, GROUPED])
  for (const size of SIZES)
    for (const noise of [0, Math.sqrt(known.variance / 2)]) {
      const held = new Map<string, number>();
      let told = 0;
      for (let run = 0; run < REPEATS; run++) {
        const found = indicesOf(known, `${known.name} ${run}`, size, { noise });
        if (found.inputs === undefined) continue;
        told++;
        for (const [of, isHit] of hits(known, found)) held.set(of, (held.get(of) ?? 0) + +isHit);
      }
      const shares = [...held].map(([of, count]) => [of, (100 * count) / told] as const);
      const outside = shares.filter(([, share]) => share < 90 || share > 98);
      const range = [Math.min, Math.max].map((end) => end(...shares.map(([, share]) => share)));
      console.log(
        `${known.name}, ${size.nets} nets of ${size.points}, noise ${noise === 0 ? "none" : "50 %"}: ` +
          `${told} of ${REPEATS} told, intervals hold in ${range.map((share) => share.toFixed(1)).join(" to ")} %` +
          outside.map(([of, share]) => `; ${of}: ${share.toFixed(1)}`).join(""),
      );
    }
