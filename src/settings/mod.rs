//! Settings with their origin: default, file, environment, flag; the later wins.
