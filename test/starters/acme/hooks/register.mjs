// Tells the company's portal of a new project; here, a file stands for it.
import { appendFileSync } from 'node:fs';
import { basename } from 'node:path';

const { ACME_PORTAL: portal, PYCOMPOSE_PROJECT: project } = process.env;
if (portal) appendFileSync(portal, `${basename(project)}\n`);
else console.log('no portal to register at: set ACME_PORTAL');
