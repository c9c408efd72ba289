//! Which files there are, and which are left out.

mod tree;
