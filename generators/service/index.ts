/** The Yeoman generator `pycompose:service`. */
import { commandGenerator } from '../living/generator.ts';

export default commandGenerator('service');
