import {z} from "zod";

const amount = (most: number) => z.number().positive().max(most).optional();

/** How recordings are changed at random to have more to train on; each copy is changed in all ways that are named. */
export const augmentationSchema = z
  .strictObject({
    /** changed copies of each recording, beside itself */
    copies: z.number().max(100).int().min(1).default(1),
    /** standard deviation of what is added to each sample, in the axes' unit */
    noise: amount(1_000_000),
    /** all samples of a recording times one factor, from 1 - scale to 1 + scale */
    scale: amount(0.9),
    /** the sensor turned about some direction by up to so many degrees */
    rotation: amount(180),
    /** earlier or later by up to this share of the recording */
    shift: amount(0.5),
    /** quicker here and slower there, each by up to this share of the speed */
    warp: amount(0.9),
  })
  .refine(
    ({noise, scale, rotation, shift, warp}) =>
      [noise, scale, rotation, shift, warp].some((value) => value !== undefined),
    "at least one of noise, scale, rotation, shift, warp",
  );

export type AugmentationOptions = z.output<typeof augmentationSchema>;

/** The ways of changing a recording. */
export type AugmentationName = Exclude<keyof AugmentationOptions, "copies">;
