/** What a signal would end a run by that is in the middle of writing. */
const ENDING = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Keeps those signals from ending the process, so that synchronous work is finished or taken back; gives what ends that. */
export function holdSignals(): () => void {
  const ignore = (): void => {};
  for (const signal of ENDING) process.on(signal, ignore);
  return () => {
    for (const signal of ENDING) process.off(signal, ignore);
  };
}
