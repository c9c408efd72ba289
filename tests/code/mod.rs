//! Test sources and markers, one made-up source a language.

mod harness;
mod listing;
mod lit;
mod outline;
mod robust;
mod sources;
