#!/usr/bin/env node
// Plain old JavaScript on purpose: an older Node must be able to read this far to say what is missing.
'use strict';

var wanted = [22, 18];
var current = process.versions.node.split('.').map(Number);

if (current[0] < wanted[0] || (current[0] === wanted[0] && current[1] < wanted[1])) {
  process.stderr.write('error: pycompose needs Node ' + wanted.join('.') + ' or newer, and this is Node ' + process.versions.node + ': install a newer one from nodejs.org\n');
  process.exitCode = 1;
} else {
  import('./main.js');
}
