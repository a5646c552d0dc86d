// What `ganglion` compiled.
declare module "gesture" {
  import type {Model} from "ganglion/model";

  const model: Model;
  export default model;
}
declare module "vibration" {
  import type {Model} from "ganglion/model";

  const model: Model;
  export default model;
}
declare module "moisture" {
  import type {Model} from "ganglion/model";

  const model: Model;
  export default model;
}
