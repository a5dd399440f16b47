#!/usr/bin/env node
import "../dist/peridio.js";
