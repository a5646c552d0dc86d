import {describe, expect, test} from "vitest";
import {compile} from "../../../compiler/compile.js";
import {checkDescription} from "../../../compiler/description/read.js";
import {writeImage} from "../../../compiler/image/write.js";
import {planMemory} from "../../../compiler/plan/plan.js";
import {Learner} from "../../../runtime/learner.js";
import {softmaxCrossEntropy} from "../../../runtime/losses/softmax-cross-entropy.js";
import type {Model} from "../../../runtime/model.js";
import {Network} from "../../../runtime/network.js";
import {Sgd} from "../../../runtime/optimizers/sgd.js";
import {refusalOf} from "../refusal-of.js";
import {compileGesture, compileLayers, compileUnits} from "../small-model.js";
import {patched, type Words} from "./patch.js";

const {image, model} = compileGesture(["sgd"]);

/** Places of words in this very image; the first test says that they are right. */
const Program = {inputs: 0, outputs: 1, count: 3, dense0: 4, relu: 7, dense1: 10, softmax: 13} as const;
const Stage = {count: 0, statistics: 1, standardize: 6} as const;
/** The plan for inference, then the one for sgd: 8 words each, then 3 for each of the 4 operators. */
const Plans = {count: 0, inference: 1, sgd: 21} as const;
const PlanWord = {
  gradients: 0,
  states: 1,
  first: 2,
  learned: 3,
  arena: 4,
  parameters: 5,
  window: 6,
  input: 7,
};
const PLAN_OPERATORS = 8;

test("the image has the words that the cases below change", () => {
  patched(image, ({header, program, preprocessing, plans}) => {
    expect([...program]).toEqual([4, 2, 1, 4, 1, 3, 0, 2, 3, 15, 1, 2, 15, 4, 2, 23]);
    expect([...preprocessing]).toEqual([2, 1, 2, 5, 65, 23, 2, 0, 0, 0, 23]);
    expect([...plans.subarray(0, 9)]).toEqual([2, 0, 0, 4, 0, 17, 0, 0, 8]);
    expect([...plans.subarray(21, 29)]).toEqual([1, 0, 0, 23, 68, 0, 46, 54]);
    expect([header[4], header[5]]).toEqual([6, 1]);
  });
  expect(
    new Network(
      model,
      patched(image, () => {}),
    ).arenaBytes,
  ).toBe(17 * 4);
});

type Case = readonly [title: string, change: (words: Words) => void, message: string];

const AGAIN = " Compile the model again.";
const DAMAGED = " The image is damaged or cut short: copy or compile it again.";
const VERSION = " Compile the model with the version of ganglion that runs it.";

/** Changes one word of a section by its place. */
const put =
  (section: "header" | "program" | "preprocessing" | "plans", at: number, value: number) =>
  (words: Words): void => {
    words[section][at] = value;
  };

function check(cases: readonly Case[], open: (bytes: Uint8Array) => unknown): void {
  test.each(cases)("%s", (_title, change, message) => {
    const bytes = patched(image, change);
    expect(refusalOf(() => open(bytes))).toBe(`image: ${message}`);
  });
}

const asNetwork = (bytes: Uint8Array) => new Network(model, bytes);
const asLearner = (bytes: Uint8Array) => new Learner(model, bytes, new Sgd());

describe("the envelope", () => {
  const cases: readonly Case[] = [
    [
      "another magic",
      put("header", 0, 0x12345678),
      "magic: expected 0x4c4e4147, found 0x12345678. Is this a file that ganglion compiled?",
    ],
    [
      "a newer major version",
      put("header", 1, 3),
      `version: expected 2.1 or an older 2, found 3.0.${VERSION}`,
    ],
    [
      "a newer minor version",
      put("header", 1, 0x30002),
      `version: expected 2.1 or an older 2, found 2.3.${VERSION}`,
    ],
    ["version 0", put("header", 1, 0), `version: expected 2.1 or an older 2, found 0.0.${VERSION}`],
    ["another length", put("header", 2, 600), `length: expected 600 bytes, found ${image.length}.${DAMAGED}`],
    ["no sections", put("header", 4, 0), `sections: expected 1 to 64 within the image, found 0.${AGAIN}`],
    ["-1 sections", put("header", 4, -1), `sections: expected 1 to 64 within the image, found -1.${AGAIN}`],
    ["65 sections", put("header", 4, 65), `sections: expected 1 to 64 within the image, found 65.${AGAIN}`],
    [
      "more sections than fit",
      put("header", 4, 60),
      `sections: expected 1 to 64 within the image, found 60.${AGAIN}`,
    ],
    ...(["program", "constants", "preprocessing", "labels", "plans", "metadata"] as const).map(
      (name, k): Case => [
        `no section ${name}`,
        put("header", 5 + 3 * k, 99),
        `sections: expected one of kind ${k + 1} (${name}), found none.${AGAIN}`,
      ],
    ),
    ...[
      ["that begins before the end of the table", 88, 64],
      ["at no multiple of 4", 94, 64],
      ["that ends outside", 512, 64],
      ["of -4 bytes", 92, -4],
      ["whose end overflows 32 bits", 0x7ffffffc, 64],
      ["of half words", 92, 62],
    ].map(
      ([title, at, bytes]): Case => [
        `a section ${title}`,
        ({header}) => {
          header[6] = at as number;
          header[7] = bytes as number;
        },
        `program section: expected whole words inside ${image.length} bytes, found ${bytes} at ${at}.${AGAIN}`,
      ],
    ),
  ];
  check(cases, asNetwork);

  test.each([0, 1, 19])("%i bytes", (length) => {
    expect(() => asNetwork(image.slice(0, length))).toThrow(
      `image: size: expected at least 20 bytes, found ${length}.${DAMAGED}`,
    );
  });

  test("a wrong CRC-32, in the numbers that tools show", () => {
    const bytes = image.slice();
    bytes[image.length - 1] ^= 1;
    expect(() => asNetwork(bytes)).toThrow(
      /^image: CRC-32: expected 0x[0-9a-f]+, found 0x[0-9a-f]+\. The image is damaged/,
    );
  });
});

describe("the program", () => {
  const cases: readonly Case[] = [
    [
      "no operators",
      put("program", 3, 0),
      `program: expected 1 operator or more and nothing beside, found 16 words.${AGAIN}`,
    ],
    [
      "an operator too few",
      put("program", 3, 3),
      `program: expected 1 operator or more and nothing beside, found 16 words.${AGAIN}`,
    ],
    ["no inputs", put("program", Program.inputs, 0), `program: inputs: expected 1 or more, found 0.${AGAIN}`],
    [
      "other outputs than the last operator's",
      put("program", Program.outputs, 3),
      `program: outputs: expected 2, found 3.${AGAIN}`,
    ],
    [
      "an operator that doesn't exist",
      put("program", Program.dense0, 77),
      `operator 0: expected one that the model's module links, found code 77.${AGAIN}`,
    ],
    [
      "a ReLU with fewer outputs than inputs",
      put("program", Program.relu + 1, 2),
      `operator 1: outputs: expected 3, found 2.${AGAIN}`,
    ],
    [
      "a dense layer without outputs",
      put("program", Program.dense0 + 1, 0),
      `operator 0: outputs: expected 1 or more, found 0.${AGAIN}`,
    ],
    [
      "a dense layer with more outputs than the arena holds",
      put("program", Program.dense0 + 1, 6),
      `operator 0: outputs: expected 6 numbers within 0 to 17, found offset 12.${AGAIN}`,
    ],
    [
      "a dense layer of -1 outputs",
      put("program", Program.dense0 + 1, -1),
      `operator 0: outputs: expected 1 or more, found -1.${AGAIN}`,
    ],
    [
      "parameters before the constants",
      put("program", Program.dense0 + 2, -1),
      `operator 0: constants: expected 15 numbers inside 31, found offset -1.${AGAIN}`,
    ],
    [
      "parameters past the constants",
      put("program", Program.dense1 + 2, 24),
      `operator 2: constants: expected 8 numbers inside 31, found offset 24.${AGAIN}`,
    ],
  ];
  check(cases, asNetwork);

  test("an operator that the module doesn't link", () => {
    const poorer: Model = {...model, operators: model.operators.filter(({name}) => name !== "softmax")};
    expect(() => new Network(poorer, image)).toThrow(
      `image: operator 3: expected one that the model's module links, found code 4.${AGAIN}`,
    );
  });
});

describe("the plans", () => {
  const plan = (at: keyof typeof PlanWord, value: number) =>
    put("plans", Plans.inference + PlanWord[at], value);
  const operator = (k: number, value: number) =>
    put("plans", Plans.inference + PLAN_OPERATORS + 3 * k, value);
  const cases: readonly Case[] = [
    ["none", put("plans", 0, 0), `plans section: expected 0 plans of 20 words, found 41 words.${AGAIN}`],
    [
      "one too many",
      put("plans", 0, 3),
      `plans section: expected 3 plans of 20 words, found 41 words.${AGAIN}`,
    ],
    [
      "none for inference",
      plan("first", 0),
      "plans: expected inference, found learning with 0 states and 0 gradients a parameter, learning with 0 states and 1 gradient a parameter. Compile the model for this way of learning too.",
    ],
    ["an arena of 0", plan("arena", 0), `plan: arena: expected 1 to 16777216 numbers, found 0.${AGAIN}`],
    [
      "an arena larger than any device's",
      plan("arena", 2 ** 28 + 1),
      `plan: arena: expected 1 to 16777216 numbers, found 268435457.${AGAIN}`,
    ],
    [
      "an arena larger than its buffers need",
      plan("arena", 18),
      `plan: arena: expected 17 numbers, which its buffers need, found 18.${AGAIN}`,
    ],
    [
      "an arena one number too small",
      plan("arena", 16),
      `operator 2: outputs: expected 2 numbers within 0 to 16, found offset 15.${AGAIN}`,
    ],
    [
      "inputs outside",
      plan("input", 14),
      `plan: inputs: expected 4 numbers within 0 to 17, found offset 14.${AGAIN}`,
    ],
    [
      "inputs before the arena",
      plan("input", -1),
      `plan: inputs: expected 4 numbers within 0 to 17, found offset -1.${AGAIN}`,
    ],
    [
      "a window outside",
      plan("window", 10),
      `plan: window: expected 8 numbers within 0 to 17, found offset 10.${AGAIN}`,
    ],
    [
      "no place for the window",
      plan("window", -1),
      `plan: window: expected 8 numbers within 0 to 17, found offset -1.${AGAIN}`,
    ],
    [
      "outputs before the arena",
      operator(0, -1),
      `operator 0: outputs: expected 3 numbers within 0 to 17, found offset -1.${AGAIN}`,
    ],
    [
      "outputs on the inputs' first number",
      operator(0, 6),
      `operator 0: outputs: expected a place apart from its inputs at 8, found 6.${AGAIN}`,
    ],
    [
      "outputs on the inputs' last number",
      operator(0, 11),
      `operator 0: outputs: expected a place apart from its inputs at 8, found 11.${AGAIN}`,
    ],
    [
      "a ReLU elsewhere than its inputs",
      operator(1, 13),
      `operator 1: outputs: expected its inputs' place 12, found 13.${AGAIN}`,
    ],
    [
      "learned parameters where nothing learns",
      plan("learned", 5),
      `plan: parameters that learn: expected 0, found 5.${AGAIN}`,
    ],
  ];
  check(cases, asNetwork);
});

describe("the plan for learning", () => {
  const plan = (at: keyof typeof PlanWord, value: number) => put("plans", Plans.sgd + PlanWord[at], value);
  const deltas = (k: number, value: number) => put("plans", Plans.sgd + PLAN_OPERATORS + 3 * k + 1, value);
  const cases: readonly Case[] = [
    [
      "missing",
      put("plans", Plans.sgd, 0),
      "plans: expected learning with 0 states and 1 gradient a parameter, found inference, learning with 0 states and 0 gradients a parameter. Compile the model for this way of learning too.",
    ],
    [
      "a first layer of -1",
      plan("first", -1),
      `plan: first layer that learns: expected 0 or more, found -1.${AGAIN}`,
    ],
    [
      "parameters outside",
      plan("parameters", 23),
      `plan: parameters: expected 46 numbers inside 68, found offset 23.${AGAIN}`,
    ],
    [
      "parameters before the arena",
      plan("parameters", -1),
      `plan: parameters: expected 46 numbers inside 68, found offset -1.${AGAIN}`,
    ],
    [
      "fewer parameters than the layers have",
      plan("learned", 22),
      `plan: parameters that learn: expected 23, found 22.${AGAIN}`,
    ],
    [
      "-1 parameters",
      plan("learned", -1),
      `plan: parameters: expected -2 numbers inside 68, found offset 0.${AGAIN}`,
    ],
    [
      "deltas outside",
      deltas(2, 67),
      `operator 2: deltas: expected 2 numbers within 46 to 68, found offset 67.${AGAIN}`,
    ],
    [
      "no place for deltas",
      deltas(0, -1),
      `operator 0: deltas: expected 3 numbers within 46 to 68, found offset -1.${AGAIN}`,
    ],
  ];
  check(cases, asLearner);

  test("gradients and states that no optimizer has", () => {
    const odd = {...new Sgd(), gradients: 1 as const, states: 9};
    const bytes = patched(image, plan("states", 9));
    expect(() => new Learner(model, bytes, odd)).toThrow(
      `image: plan: gradients and states: expected 0 or 1 and 0 to 8, found 1 and 9.${AGAIN}`,
    );
  });
});

describe("the preprocessing", () => {
  const stage = (at: number, value: number) => put("preprocessing", at, value);
  const cases: readonly Case[] = [
    [
      "a stage too few",
      stage(0, 1),
      `preprocessing section: expected stages of 5 words, found 11 words.${AGAIN}`,
    ],
    ["-1 stages", stage(0, -1), `preprocessing section: expected stages of 5 words, found 11 words.${AGAIN}`],
    [
      "a stage that doesn't exist",
      stage(Stage.standardize, 9),
      `preprocessing 1: expected a stage that the model's module links, found code 9.${AGAIN}`,
    ],
    ["no axes", stage(Stage.statistics + 1, 0), `preprocessing 0: axes: expected 1 to 64, found 0.${AGAIN}`],
    [
      "65 axes",
      stage(Stage.statistics + 1, 65),
      `preprocessing 0: axes: expected 1 to 64, found 65.${AGAIN}`,
    ],
    [
      "an empty window",
      stage(Stage.statistics + 2, 0),
      `preprocessing 0: window: expected 1 sample or more, found 0.${AGAIN}`,
    ],
    [
      "a feature too many",
      stage(Stage.statistics + 3, 67),
      `preprocessing 0: features: expected 4, found 6.${AGAIN}`,
    ],
    [
      "a statistic that doesn't exist",
      stage(Stage.statistics + 3, 4096 + 65),
      `preprocessing 0: features: expected 4, found -1.${AGAIN}`,
    ],
    [
      "an axis too many",
      stage(Stage.statistics + 1, 3),
      `preprocessing 0: features: expected 4, found 6.${AGAIN}`,
    ],
    [
      "constants outside",
      stage(Stage.standardize + 4, 24),
      `preprocessing 1: constants: expected 8 numbers inside 31, found offset 24.${AGAIN}`,
    ],
    [
      "constants before the constants",
      stage(Stage.standardize + 4, -1),
      `preprocessing 1: constants: expected 8 numbers inside 31, found offset -1.${AGAIN}`,
    ],
  ];
  check(cases, asNetwork);

  test.each([
    ["collectors", 0, 1],
    ["transforms", 1, 2],
  ] as const)("%s that the module doesn't link", (list, place, code) => {
    expect(() => new Network({...model, [list]: []}, image)).toThrow(
      `image: preprocessing ${place}: expected a stage that the model's module links, found code ${code}.${AGAIN}`,
    );
  });
});

/** Constants that each transform keeps for a feature. */
test.each([
  ["standardize", 2],
  ["minMax", 3],
  ["robust", 2],
  ["log", 1],
  ["power", 1],
  ["clip", 2],
] as const)("constants of %s that end outside are refused", (transform, constants) => {
  const compiled = compile(
    checkDescription({
      name: "transformed",
      input: {columns: ["a", "b", "c"]},
      preprocessing: [transform],
      layers: [{type: "dense", units: 1}],
      loss: "meanSquaredError",
    }),
    // A network that doesn't learn has its standardization in the first layer.
    ["online-sgd"],
  );
  const at = 4 + 1;
  const bytes = patched(compiled.image, put("preprocessing", 5, at));
  expect(refusalOf(() => new Network(compiled.model, bytes))).toBe(
    `image: preprocessing 0: constants: expected ${3 * constants} numbers inside ${4 + 3 * constants}, found offset ${at}.${AGAIN}`,
  );
});

describe("the labels", () => {
  check(
    [
      ["one too many", ({labels}) => labels.set([0], 2), `labels: expected 2, found 3.${AGAIN}`],
      ["one too few", ({labels}) => labels.set([45], 4), `labels: expected 2, found 1.${AGAIN}`],
    ],
    asNetwork,
  );
});

describe("what only learning needs", () => {
  /** dense 4, relu, dropout, dense 2, softmax; 16 parameters, the rate, 10 parameters. */
  const regularized = compileLayers(
    3,
    [
      {type: "dense", units: 4, activation: "relu", dropout: 0.5, l1: 0.25},
      {type: "dense", units: 2, activation: "softmax", biasL2: 0.5},
    ],
    "crossEntropy",
    ["sgd"],
  );
  const RATE = 16;
  const dropoutWords = 4 + 3 * 2;
  /** The plan for sgd comes after the count and inference's, each of 8 words and 3 for each of the 5 operators. */
  const maskPlace = 1 + (8 + 15) + 8 + 3 * 2 + 2;
  const trainingBytes = 5 + 3 * 6 + 2;
  const rate = (value: number) => (words: Words) => {
    words.constants[RATE] = value;
  };
  const lambda = (at: number, value: number) => (words: Words) => {
    words.training[at] = value;
  };

  test("has the words that the cases below change", () => {
    patched(regularized.image, ({header, program, constants, training, plans}) => {
      expect(constants[RATE]).toBe(0.5);
      expect([...training]).toEqual([0.25, ...new Array(14).fill(0), 0.5, ...new Array(4).fill(0)]);
      expect(header[trainingBytes]).toBe(80);
      expect([...program.subarray(dropoutWords, dropoutWords + 3)]).toEqual([7, 4, RATE]);
      expect(plans[maskPlace]).toBeGreaterThanOrEqual(2 * 26);
      expect(plans[maskPlace - 3]).toBe(-1);
    });
  });

  const cases: readonly Case[] = [
    ...[76, 84].map(
      (bytes): Case => [
        `a training section of ${bytes} bytes`,
        put("header", trainingBytes, bytes),
        bytes > 80
          ? `training section: expected whole words inside ${regularized.image.length} bytes, found 84 at ${regularized.image.length - 80}.${AGAIN}`
          : `training section: expected 20 numbers, or none, found 19.${AGAIN}`,
      ],
    ),
    [
      "a penalty that is NaN",
      lambda(0, Number.NaN),
      `operator 0: penalty: expected 0 or more, found NaN.${AGAIN}`,
    ],
    ["a penalty below 0", lambda(3, -0.5), `operator 0: penalty: expected 0 or more, found -0.5.${AGAIN}`],
    [
      "a penalty without end",
      lambda(14, Infinity),
      `operator 3: penalty: expected 0 or more, found Infinity.${AGAIN}`,
    ],
    ...[1, Number.NaN, -0.25, Infinity].map(
      (value): Case => [
        `a dropout of ${value}`,
        rate(value),
        `operator 2: rate: expected 0 or more and below 1, found ${value}.${AGAIN}`,
      ],
    ),
    [
      "a dropout whose rate lies outside the constants",
      put("program", dropoutWords + 2, 27),
      `operator 2: constants: expected 1 numbers inside 27, found offset 27.${AGAIN}`,
    ],
    ...[-1, 51, 1000].map(
      (at): Case => [
        `a mask at ${at}`,
        put("plans", maskPlace, at),
        `operator 2: mask: expected 1 numbers within 52 to ${arenaOf(regularized.plans)}, found offset ${at}.${AGAIN}`,
      ],
    ),
  ];
  test.each(cases)("%s", (_title, change, message) => {
    const bytes = patched(regularized.image, change);
    expect(refusalOf(() => new Learner(regularized.model, bytes, new Sgd()))).toBe(`image: ${message}`);
  });

  test.each([1, Number.NaN])("a dropout of %s, which inference refuses too", (value) => {
    const bytes = patched(regularized.image, rate(value));
    expect(refusalOf(() => new Network(regularized.model, bytes))).toContain("image: operator 2: rate: ");
  });

  test("a loss that stands for the last operator, and nothing beside it that could learn", () => {
    const {graph, model} = regularized;
    const softmax = graph.nodes[4];
    const alone = {...graph, inputSize: 2, nodes: [softmax]};
    const learning = {gradients: 1, states: 0};
    const planned = planMemory(alone, 0, "sgd", learning);
    // The softmax works on the inputs themselves; the targets follow.
    const plan = {...planned, inputAt: 0, outputsAt: [0], deltasAt: [2], arenaSize: 4};
    const bytes = writeImage({graph: alone, stages: [], plans: [plan], labels: [], metadata: {}});
    expect(refusalOf(() => new Learner(model, bytes, new Sgd()))).toBe(
      `image: parameters that learn: expected 1 or more, found 0.${AGAIN}`,
    );
  });

  test("a loss that stands for another operator than the last", () => {
    const {image, model} = compileUnits(2, [[2, "sigmoid"]], "binaryCrossEntropy", ["sgd"]);
    const bytes = patched(image, put("program", 2, softmaxCrossEntropy.code));
    expect(refusalOf(() => new Learner({...model, loss: softmaxCrossEntropy}, bytes, new Sgd()))).toBe(
      "image: last operator: expected softmax, found sigmoid. The loss softmaxCrossEntropy needs it.",
    );
  });
});

/** @returns the size of the arena of the last plan */
function arenaOf(plans: readonly {readonly arenaSize: number}[]): number {
  return plans[plans.length - 1].arenaSize;
}
