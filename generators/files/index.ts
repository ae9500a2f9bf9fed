/** The Yeoman generator `pycompose:files`. */
import { commandGenerator } from '../living/generator.ts';

export default commandGenerator('files');
