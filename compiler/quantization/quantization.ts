import type {WholeNetwork} from "../import/whole-network.js";

/**
 * In which numbers a network is stored and run: "float32"; "int8-weights", with a scale for each output and float32
 * activations; or "int8", whole numbers from the first layer to the last. Layers that learn are stored as int8-weights in
 * either of these, and become float32 in the arena.
 */
export type Quantization =
  | {readonly format: "float32"}
  | {readonly format: "int8-weights"}
  | {
      readonly format: "int8";
      /** Raw features of examples, to find the ranges of activations on. */
      readonly rows: readonly Float32Array[];
      /** See calibrate. */
      readonly percentile: number;
    }
  | {
      readonly format: "int8";
      /** Of the same network, with the scales of the file that it came from: nothing is calibrated. */
      readonly whole: WholeNetwork;
    };

export type NumberFormat = Quantization["format"];

export const numberFormats = ["float32", "int8-weights", "int8"] as const satisfies readonly NumberFormat[];
