/** The Yeoman generator `pycompose:update`. */
import { commandGenerator } from '../living/generator.ts';

export default commandGenerator('update');
