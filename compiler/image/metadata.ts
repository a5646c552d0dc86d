import {z} from "zod";
import {openImage, RECOMPILE} from "../../runtime/image/open.js";
import {checkBySchema, parseJson} from "../description/read.js";
import {numberFormats} from "../quantization/quantization.js";

/** What an image says of itself. */
const metadataSchema = z.object({
  name: z.string(),
  /** See fingerprintOf. */
  description: z.int(),
  /** float32 when left out. */
  format: z.enum(numberFormats).exactOptional(),
  /** That passes have joined what lay apart: layers with their ReLU, or the standardization with the first layer. */
  isPrepared: z.literal(true).exactOptional(),
});

export type ImageMetadata = Readonly<z.output<typeof metadataSchema>>;

/** @returns what the image says of itself; @throws InputError for a damaged image, and for one that says nothing of it */
export function readMetadata(bytes: Uint8Array): ImageMetadata {
  const place = "image: metadata";
  const source = parseJson(new TextDecoder().decode(openImage(bytes).metadata), place);
  return checkBySchema(metadataSchema, source, place, RECOMPILE);
}
