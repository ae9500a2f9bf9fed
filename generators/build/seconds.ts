/** How long something takes, in seconds. */
export async function seconds(run: () => PromiseLike<unknown>): Promise<number> {
  const start = performance.now();
  await run();
  return (performance.now() - start) / 1000;
}
