/** A value as JSON that people can read and version control can compare. */
export function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
