/** The Yeoman generator `pycompose:remove`. */
import { commandGenerator } from '../living/generator.ts';

export default commandGenerator('remove');
