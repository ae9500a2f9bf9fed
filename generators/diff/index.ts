/** The Yeoman generator `pycompose:diff`. */
import { commandGenerator } from '../living/generator.ts';

export default commandGenerator('diff');
