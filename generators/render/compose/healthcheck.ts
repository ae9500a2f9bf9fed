import type { Healthcheck } from './model.ts';

/** Asks often while the process starts and seldom afterwards: `up --wait` is quick and a running system is left in peace. */
export function healthcheck(test: readonly string[], interval = '10s'): Healthcheck {
  return { test, interval, timeout: '5s', retries: 3, start_period: '60s', start_interval: '1s' };
}
