//! From a work and a locator to a citation, in the styles of courts and the formats of reference managers.
