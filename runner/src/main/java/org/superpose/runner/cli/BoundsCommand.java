package org.superpose.runner.cli;
