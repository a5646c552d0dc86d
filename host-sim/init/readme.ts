import {movementsFor} from "./made-up.js";
import type {ProjectOptions} from "./project.js";

/** @returns README.md of a project */
export function projectReadme({name, board, sensor, gestures}: ProjectOptions): string {
  const borrowed = [...movementsFor(gestures)].filter(([gesture, movement]) => gesture !== movement);
  const stands = borrowed.map(([gesture, movement]) => `"${movement}" stands in for "${gesture}"`).join(", ");
  return `# ${name}

Tells apart: ${gestures.join(", ")}. Made for: ${board.title}, ${sensor.title}.

\`\`\`
npm install
npm test              # trains, checks the types, and runs the app on recordings
npm run simulate      # the trained network on the real XS engine, inside the board's memory
npm run flash         # builds app/ and flashes it; needs xs-dev and Moddable's SDK
\`\`\`

**The recordings in recordings/made-up are made up by a program.** They let you try everything before you have a board; a
network trained on them will not know what your hand does.${stands === "" ? "" : ` There, ${stands}.`}

## Your own gestures

1. \`npm run flash-collect\` puts the app in \`collect/\` on the board: it prints what the sensor gives.
2. For each gesture: \`npm run collect -- --port PORT --label ${gestures[0]}\`. PORT is where the board is, such as
   \`/dev/ttyUSB0\`, \`/dev/cu.usbserial-0001\` or \`COM3\`. It counts down, shows a plot, and writes to \`recordings/own\`.
3. Put \`recordings/own\` in the place of \`recordings/made-up\` in package.json, then \`npm test\` and \`npm run flash\`.

## What is where

| | |
|---|---|
| \`gesture.json\` | the model: window, features, layers, training |
| \`app/main.ts\` | the only file that names hardware |
| \`app/classifier.js\` | from the sensor's samples to a decision; the same on the board and in the test |
| \`app/manifest.json\` | what Moddable builds; includes \`build/gesture.manifest.json\`, which training writes |
| \`collect/\` | the app that prints samples, for recording |
| \`recordings/\` | one LABEL.csv for each gesture |
| \`test/\` | what has to hold before flashing |

Memory: \`build/gesture.manifest.json\` holds a creation record that was enough in the simulator, as a note.
More is in \`node_modules/ganglion/docs/\`: wand.md, troubleshooting.md.
`;
}
