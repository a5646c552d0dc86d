import type {BufferKind} from "../../../compiler/image/read-plans.js";

/** The page's colours, each as #rrggbb. */
export interface Theme {
  readonly ground: string;
  /** Behind cards and the heads of tables. */
  readonly raised: string;
  readonly line: string;
  readonly text: string;
  readonly muted: string;
  readonly link: string;
  /** Marks what counts most: bars, the cells of a matrix. */
  readonly accent: string;
  /** Behind the names of what lies in the arena. */
  readonly kinds: Readonly<Record<BufferKind, string>>;
}

/** Text has a contrast of 4.5 and more to everything that it stands on, which a test computes. */
export const themes: Readonly<Record<"light" | "dark", Theme>> = Object.freeze({
  light: {
    ground: "#fdfdfb",
    raised: "#f4f4ef",
    line: "#d9dad3",
    text: "#1e2327",
    muted: "#5a6168",
    link: "#1a5fa0",
    accent: "#2f7fd1",
    kinds: {
      parameters: "#cbdff5",
      gradients: "#f6dabb",
      states: "#e2d5f2",
      window: "#cdeaea",
      input: "#d5ebcb",
      outputs: "#f8e5a0",
      deltas: "#f7cfcf",
      masks: "#dfe2e6",
    },
  },
  dark: {
    ground: "#14171a",
    raised: "#1d2125",
    line: "#353b41",
    text: "#e6e8ea",
    muted: "#a3abb3",
    link: "#8abdf0",
    accent: "#2f7fd1",
    kinds: {
      parameters: "#264a70",
      gradients: "#684321",
      states: "#4c3b69",
      window: "#1f5254",
      input: "#2e522f",
      outputs: "#584a14",
      deltas: "#683138",
      masks: "#414850",
    },
  },
});
