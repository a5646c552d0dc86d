// Makes the picture of docs/report.md: node test/host-sim/report/screenshot.mjs PAGE.html PICTURE.png
import {resolve} from "node:path";
import {pathToFileURL} from "node:url";
import {chromium} from "playwright-core";

const [from, to] = process.argv.slice(2);
if (to === undefined) throw new Error("give the page's file and the picture's");
const browser = await chromium.launch({executablePath: "/usr/bin/chromium", args: ["--no-sandbox"]});
try {
  const page = await browser.newPage({viewport: {width: 960, height: 1000}, colorScheme: "light"});
  await page.goto(pathToFileURL(resolve(from)).href);
  // The map of a way of learning shows most.
  await page.locator("#memory ~ details > summary").nth(1).click();
  // Clips of a full page count from its top, boxes from the window's.
  await page.evaluate(() => window.scrollTo(0, 0));
  const plan = page.locator("#memory ~ details").nth(1);
  const {y} = await plan.boundingBox();
  const map = await plan.locator("svg").boundingBox();
  const clip = {x: 0, y: y - 12, width: 960, height: map.y + map.height - y + 24};
  await page.screenshot({path: to, fullPage: true, clip});
} finally {
  await browser.close();
}
