import {existsSync} from "node:fs";
import {type Browser, chromium, type Page} from "playwright-core";

const PLACES = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

/** Chromium's place, as Debian and others install it; undefined where there is none. */
export const browserPath = PLACES.find((place) => existsSync(place));

if (browserPath === undefined) {
  const message = `no browser at ${PLACES.join(", ")}. Install chromium.`;
  if (process.env.CI) throw new Error(message);
  console.warn(`\nSKIPPED: the report's page in a real browser: ${message}\n`);
}

export function startBrowser(): Promise<Browser> {
  // In a container there is no sandbox to be had; the pages are our own.
  return chromium.launch({executablePath: browserPath as string, args: ["--no-sandbox"]});
}

/** How a page is looked at. */
export interface View {
  readonly width: number;
  readonly scheme: "light" | "dark";
}

/** A page that was opened, and all that it did beside being shown. */
export interface Opened {
  readonly page: Page;
  /** Lines of the console, errors of scripts, and requests other than for the page itself. */
  readonly noises: readonly string[];
}

/** Opens a document from a file, with everything in it that can be folded open. */
export async function openPage(browser: Browser, file: string, {width, scheme}: View): Promise<Opened> {
  const page = await browser.newPage({viewport: {width, height: 800}, colorScheme: scheme});
  page.setDefaultTimeout(5000);
  const noises: string[] = [];
  const own = `file://${file}`;
  page.on("console", (message) => noises.push(`console: ${message.text()}`));
  page.on("pageerror", (error) => noises.push(`error: ${error.message}`));
  page.on("dialog", (dialog) => {
    noises.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on("request", (request) => {
    if (request.url() !== own && !request.url().startsWith("data:")) noises.push(`request: ${request.url()}`);
  });
  await page.goto(own);
  await page.evaluate(() => {
    for (const folded of document.querySelectorAll("details")) folded.open = true;
  });
  return {page, noises};
}
