import {InputError} from "../../runtime/input-error.js";
import {parseJson} from "../description/read.js";
import {Hdf5File} from "./hdf5.js";
import {type KerasWeights, readKeras} from "./keras.js";
import type {FoundNetwork} from "./part.js";
import {unzip} from "./unzip.js";

/**
 * Reads a whole model in HDF5, as Keras 2 and 3 write it under a name that ends in .h5.
 * @throws InputError as readKeras does, for a damaged file, and for one of weights alone
 */
export function readKerasHdf5(bytes: Uint8Array<ArrayBuffer>, place: string): FoundNetwork {
  const file = new Hdf5File(bytes, place);
  const config = file.attribute("model_config");
  if (config === undefined) {
    const remedy = "Save the whole model, with model.save, not its weights alone.";
    throw new InputError(place, 'the attribute "model_config"', "none", remedy);
  }
  const weights: KerasWeights = ({name}, names, budget) =>
    names.map((part) => file.datasetWithin(["model_weights", name], part, budget));
  return readKeras("Keras (HDF5)", place, parseJson(config, `${place}: model_config`), weights);
}

/** Where Keras 3, and TensorFlow's Keras before it, keep the layers in model.weights.h5. */
const LAYERS = ["layers", "_layer_checkpoint_dependencies"] as const;

/**
 * Reads a model as Keras 3 writes it under a name that ends in .keras: a zip file of the configuration and the weights.
 * @throws InputError as readKeras does, and for a damaged file
 */
export async function readKerasZip(bytes: Uint8Array<ArrayBuffer>, place: string): Promise<FoundNetwork> {
  const files = await unzip(bytes, ["config.json", "model.weights.h5"], place);
  const text = new TextDecoder().decode(files["config.json"]);
  const file = new Hdf5File(files["model.weights.h5"], `${place}: model.weights.h5`);
  // Layers go by their class and their number in it, variables by their number.
  const weights: KerasWeights = ({className, before}, names, budget) => {
    const layer = before === 0 ? snakeCase(className) : `${snakeCase(className)}_${before}`;
    return names.map((_, k) => {
      for (const root of LAYERS) {
        const found = file.dataset([root, layer, "vars", `${k}`], budget);
        if (found !== undefined) return found;
      }
      return undefined;
    });
  };
  return readKeras("Keras", place, parseJson(text, `${place}: config.json`), weights);
}

/** As Keras does: "BatchNormalization" becomes "batch_normalization", "ReLU" "re_lu". */
function snakeCase(name: string): string {
  return name
    .replace(/\W+/g, "")
    .replace(/(.)([A-Z][a-z]+)/g, "$1_$2")
    .replace(/([a-z])([A-Z])/g, "$1_$2")
    .toLowerCase();
}
