/** The Yeoman generator `pycompose:check`. */
import { commandGenerator } from '../living/generator.ts';

export default commandGenerator('check');
