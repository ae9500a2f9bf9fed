/** The Yeoman generator `pycompose:eject`. */
import { commandGenerator } from '../living/generator.ts';

export default commandGenerator('eject');
