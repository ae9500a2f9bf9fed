/** The Yeoman generator `pycompose:set`. */
import { commandGenerator } from '../living/generator.ts';

export default commandGenerator('set');
