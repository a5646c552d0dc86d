/** @returns a text of a file as a message shows it: on one line, and not more than some words */
export function short(text: string): string {
  const line = text.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, " ");
  return line.length > 60 ? `${line.slice(0, 57)}...` : line;
}
