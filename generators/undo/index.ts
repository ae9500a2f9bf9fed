/** The Yeoman generator `pycompose:undo`. */
import { commandGenerator } from '../living/generator.ts';

export default commandGenerator('undo');
