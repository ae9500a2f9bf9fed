import { EXIT } from '../errors/user-error.ts';
import { main } from './main.ts';

for (const [stream, name] of [[process.stdout, 'output'], [process.stderr, 'error']] as const) {
  stream.on('error', ({ code }: NodeJS.ErrnoException) => {
    // who read it has seen enough, as head has: the run ends as it would have
    if (code === 'EPIPE') return;
    process.stderr.write(`error: standard ${name} cannot be written (${code ?? 'unknown'}): send it somewhere else\n`);
    process.exit(EXIT.failure);
  });
}

process.exitCode = await main(process.argv.slice(2));
