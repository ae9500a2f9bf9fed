/** The Yeoman generator `pycompose:adopt`. */
import { commandGenerator } from '../living/generator.ts';

export default commandGenerator('adopt');
