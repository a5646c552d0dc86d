import {findArmCompiler, findExecutable} from "../../../host-sim/xs/c-compiler.js";

function missingTool(): string | undefined {
  if (process.env.CI) return undefined;
  if (!findExecutable("qemu-system-arm", process.env.PATH ?? "")) return "qemu-system-arm";
  try {
    findArmCompiler();
    return undefined;
  } catch {
    return "gcc-arm-none-eabi libnewlib-arm-none-eabi";
  }
}

/** The Debian packages that the Cortex-M4F lane lacks here; undefined when it can run. In CI it has to. */
export const missingArmTool = missingTool();
if (missingArmTool)
  console.warn(`SKIPPED: the Cortex-M4F lane. Install it with \`apt-get install ${missingArmTool}\`.`);
