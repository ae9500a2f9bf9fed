/** A service that a command is to act on has to be there. */
import { UserError } from '../../errors/user-error.ts';
import type { Answers } from '../../questions/answers.ts';
import { didYouMean, quoted } from '../../questions/nearest.ts';

/**
 * @param saying what the message begins with, like `set: `
 * @throws UserError (usage) naming the services that there are
 */
export function refuseUnknownService({ services }: Answers, name: string, saying = ''): void {
  const names = services.map((service) => service.name);
  if (!names.includes(name)) throw new UserError(`${saying}there is no service ${quoted(name)}; there is ${names.join(', ')}${didYouMean(name, names)}`);
}
