// Where agents stand in a replay: as in charts.
export * from "../../charts/layout.ts";
