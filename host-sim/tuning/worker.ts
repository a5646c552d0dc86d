// What a worker process of the pool runs.
import {runTrial} from "./run-trial.js";

// Ctrl-C goes to all processes of a terminal; when to end is for the one that started this to say.
process.on("SIGINT", () => {});
// It may be killed too, and then nobody waits for the outcome any more.
for (const end of ["disconnect", "error"]) process.once(end, () => process.exit());

export default runTrial;
